import { type CSSResult, css } from 'lit';

/** Paper does not scroll: an answer brings along what has the whole conversation printed, wherever the chat stands. */
export const printStyles: CSSResult = css`
  @media print {
    :host,
    .panel {
      position: static !important;
      block-size: auto !important;
    }
  }
`;
