import { type CSSResult, css } from 'lit';

/** Paper does not scroll: with an answer, the whole conversation is printed in every mode, and not in the bubble's alone. */
export const printStyles: CSSResult = css`
  @media print {
    :host,
    .panel {
      position: static !important;
      block-size: auto !important;
      inline-size: auto !important;
    }
    /* Nor sideways. */
    pre {
      white-space: pre-wrap;
    }
    table {
      inline-size: auto;
    }
    :is(th, td) {
      overflow-wrap: anywhere;
    }
  }
`;
