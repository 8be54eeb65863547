import { type CSSResult, css, unsafeCSS } from 'lit';
import { remarkStyles } from '../shared/remark.styles.js';

/** The line above the input, and a button that counts down and does nothing until then. */
export const waitStyles: CSSResult = unsafeCSS(
  remarkStyles.cssText +
    css`
  .retry {
    font-variant-numeric: tabular-nums;
  }
  .retry[aria-disabled='true'] {
    color: var(--_muted);
  }
`.cssText,
);
