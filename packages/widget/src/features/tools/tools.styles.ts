import { type CSSResult, css, unsafeCSS } from 'lit';
import { formStyles } from '../shared/form.styles.js';
import { selectStyles } from '../shared/select.styles.js';

/** The lines of tools, and the cards and forms below them. */
export const toolsStyles: CSSResult = unsafeCSS(
  formStyles.cssText +
    css`
  .tool-step {
    margin-block-end: 8px;
  }
  .tool-step > p {
    margin: 0;
  }
  /* It is the visitor that is waited for. */
  .tool-step:has(.choices) ~ .thinking {
    display: none;
  }
  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .replies .starter {
    font-size: 14px;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 8px;
    max-inline-size: 420px;
    margin-block: 6px 10px;
    border: 1px solid var(--_line);
    border-radius: min(14px, var(--_radius));
    padding: 12px 14px;
    font-size: 14px;
    overflow-wrap: anywhere;
  }
  .card :is(h3, p, dl, dd) {
    margin: 0;
  }
  .card h3 {
    font-size: 15px;
    font-weight: 600;
  }
  .card dl > div {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    padding-block: 3px;
  }
  .card dt {
    color: var(--_muted);
  }
  .card dd {
    font-weight: 500;
    text-align: end;
  }
  .card pre {
    max-block-size: 160px;
    margin: 0;
    border-radius: min(8px, var(--_radius));
    padding: 8px 10px;
    overflow: auto;
    background: var(--_soft);
    font: 12.5px/1.5 ui-monospace, monospace;
    white-space: pre-wrap;
  }
  .card label {
    font-weight: 500;
  }
  .card :is(input, select, textarea) {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 40px;
    margin: 0;
    border: 1px solid var(--_edge);
    border-radius: min(10px, var(--_radius));
    padding: 8px 10px;
    background-color: var(--_bg);
    color: var(--_fg);
    font: 16px/1.4 var(--_font);
    resize: vertical;
  }
  .card :is(input, select, textarea):focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: 1px;
  }
  .card a {
    color: var(--_link);
  }
  @media (max-width: 480px), (hover: none) {
    .replies .starter {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`.cssText +
    selectStyles.cssText,
);
