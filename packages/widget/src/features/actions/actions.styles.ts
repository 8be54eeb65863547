import { type CSSResult, css, unsafeCSS } from 'lit';
import { formStyles } from '../shared/form.styles.js';
import { toolStyles } from '../shared/tool.styles.js';
import { placeStyles } from './place.styles.js';
import { printStyles } from './print.styles.js';

/**
 * The row of buttons under an answer, and the form behind the thumbs; and for whatever has a first answer, how it is printed
 * and how the place of a reader is kept.
 */
export const actionsStyles: CSSResult = unsafeCSS(
  toolStyles.cssText +
    formStyles.cssText +
    printStyles.cssText +
    placeStyles.cssText +
    css`
      .tool[aria-pressed='true'] {
        color: var(--_link);
      }
      .tool[aria-pressed='true'] .icon {
        fill: color-mix(in oklab, currentcolor 22%, transparent);
      }
      .copy:not([data-copied]) .is-copied,
      .copy[data-copied] .to-copy {
        display: none;
      }
      .thanks {
        margin-inline-start: 6px;
        font-size: 13px;
      }
      .feedback {
        display: grid;
        gap: 8px;
        margin-block-start: 12px;
        padding: 12px 14px 10px;
        border: 1px solid var(--_line);
        border-radius: 14px;
        font-size: 14px;
      }
      .feedback input {
        min-inline-size: 0;
        min-block-size: 40px;
        margin: 0;
        padding: 6px 12px;
        border: 1px solid var(--_edge);
        border-radius: 10px;
        background: var(--_bg);
        color: inherit;
        font: 16px / 24px var(--_font);
      }
      .feedback input:focus-visible {
        border-color: var(--_link);
        outline: 1px solid var(--_link);
      }
      @media (max-width: 480px), (hover: none) {
        .feedback {
          margin-block-start: 20px;
        }
        .feedback input {
          min-block-size: 44px;
        }
      }
    `.cssText,
);
