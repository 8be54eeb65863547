import { type CSSResult, css } from 'lit';

/** A line above the input that says what it cannot do just now. */
export const remarkStyles: CSSResult = css`
  .remark {
    flex: none;
    margin: 0 auto 8px;
    padding-inline: 16px;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
`;
