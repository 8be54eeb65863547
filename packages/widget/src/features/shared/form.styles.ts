import { type CSSResult, css } from 'lit';

/** The two buttons that end a small form in a message. */
export const formStyles: CSSResult = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .choices button {
    min-block-size: 34px;
    padding: 4px 16px;
    border: 1px solid transparent;
    border-radius: 17px;
    font-size: 14px;
    font-weight: 500;
  }
  .quiet-button {
    color: var(--_muted);
  }
  .quiet-button:hover {
    background: var(--_soft);
    color: var(--_fg);
  }
  .strong-button {
    min-inline-size: 80px;
    text-align: center;
    background-color: var(--_accent);
    color: var(--_on-accent);
  }
  @media (max-width: 480px), (hover: none) {
    .choices button {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`;
