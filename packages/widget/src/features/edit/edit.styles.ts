import { type CSSResult, css, unsafeCSS } from 'lit';
import { formStyles } from '../shared/form.styles.js';
import { toolStyles } from '../shared/tool.styles.js';

/**
 * The row under a question, and its editor. The row stands in the gap in front of the answer and moves nothing; what a
 * finger needs more than the gap it takes from the bubble, in which there is nothing to hit.
 */
export const editStyles: CSSResult = unsafeCSS(
  toolStyles.cssText +
    formStyles.cssText +
    css`
      .tools.of-question {
        margin-block: -5px -25px;
        margin-inline: 0 -7px;
        block-size: 30px;
      }
      .versions {
        display: flex;
        align-items: center;
      }
      .count {
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      .tool.arrow {
        inline-size: 26px;
      }
      .tool.arrow .icon {
        stroke-width: 2;
      }
      .arrow:dir(rtl) .icon {
        scale: -1 1;
      }
      .editor {
        inline-size: 100%;
        padding: 5px;
        border: 1px solid var(--_edge);
        border-radius: 22px;
      }
      .editor:focus-within {
        border-color: var(--_link);
        outline: 1px solid var(--_link);
      }
      @media (max-width: 480px), (hover: none) {
        .tools.of-question,
        .of-question .versions {
          align-items: end;
        }
        .tools.of-question {
          margin-block: -22px;
          margin-inline: 0 -13px;
          block-size: 44px;
        }
        .of-question .tool {
          align-content: end;
          padding-block-end: 3px;
        }
        .of-question .tool:focus-visible {
          outline: 0;
        }
        .of-question .tool:focus-visible .icon {
          border-radius: 3px;
          outline: 2px solid var(--_link);
          outline-offset: 2px;
        }
        .of-question .count {
          padding-block-end: 3px;
          line-height: 17px;
        }
        .tool.arrow {
          inline-size: 44px;
        }
      }
    `.cssText,
);
