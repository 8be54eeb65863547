import { type CSSResult, css } from 'lit';

/** The button that leads out of a conversation that has become too long. */
export const tooLongStyles: CSSResult = css`
  .choices .new-conversation {
    display: flex;
    align-items: center;
    gap: 7px;
    margin-block-start: 8px;
    border-color: var(--_line);
  }
  .choices .new-conversation:hover {
    background: var(--_soft);
  }
`;
