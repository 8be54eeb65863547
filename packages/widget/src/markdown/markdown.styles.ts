import { type CSSResult, css } from 'lit';

/** Styles what `MarkdownRenderer` renders, in the shadow root that holds it; colours are the theme's. */
export const markdownStyles: CSSResult = css`
  :is(p, ul, ol, blockquote, h3, h4, h5, h6, hr, .block) {
    margin-block: 0 10px;
  }
  :is(p, ul, ol, blockquote, h3, h4, h5, h6, hr, .block):last-child {
    margin-block-end: 0;
  }
  :is(h3, h4, h5, h6) {
    font-weight: 650;
    line-height: 1.3;
  }
  :is(h3, h4, h5, h6):not(:first-child) {
    margin-block-start: 16px;
  }
  h3 {
    font-size: 1.2em;
  }
  h4 {
    font-size: 1.1em;
  }
  :is(h5, h6) {
    font-size: 1em;
  }
  :is(ul, ol) {
    padding-inline-start: 1.5em;
  }
  li,
  li > :is(ul, ol) {
    margin-block: 3px;
  }
  .task-item {
    list-style: none;
    margin-inline-start: -1.35em;
  }
  .task {
    display: inline-block;
    inline-size: 1.35em;
  }
  blockquote {
    margin-inline: 0;
    border-inline-start: 3px solid var(--_line);
    padding-inline-start: 12px;
    color: var(--_muted);
  }
  hr {
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  a {
    color: var(--_link);
    text-underline-offset: 2px;
  }
  .host {
    color: var(--_muted);
    font-size: 0.9em;
  }
  .raw {
    white-space: pre-wrap;
  }
  code,
  pre {
    font: 0.9em / 1.5 var(--nova-font-mono, ui-monospace, SFMono-Regular, Menlo, Consolas, monospace);
    direction: ltr;
    tab-size: 2;
    unicode-bidi: isolate;
  }
  :not(pre) > code {
    border-radius: 5px;
    padding: 1px 4px;
    background: var(--_soft);
  }
  .code,
  .table {
    border: 1px solid var(--_line);
    border-radius: 10px;
  }
  .code {
    background: var(--_soft);
  }
  .code-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 32px;
    padding-inline: 12px 4px;
    border-block-end: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 12px;
  }
  .code-copy {
    min-block-size: 28px;
    padding-inline: 8px;
    border-radius: 6px;
  }
  .code-copy:hover {
    color: var(--_fg);
  }
  .code-copy:not([data-copied]) .code-is-copied,
  .code-copy[data-copied] .code-to-copy {
    display: none;
  }
  pre {
    margin: 0;
    padding: 10px 12px;
    border-radius: 0 0 9px 9px;
    text-align: left;
  }
  pre,
  .table {
    overflow-x: auto;
  }
  table {
    inline-size: max-content;
    min-inline-size: 100%;
    /* On a page without a doctype it has the colour of that page, and lines of its own. */
    color: inherit;
    font: inherit;
    border-collapse: collapse;
    font-size: 0.95em;
  }
  :is(th, td) {
    overflow-wrap: break-word;
    vertical-align: top;
    border-block-end: 1px solid var(--_line);
    max-inline-size: 12em;
    padding: 6px 10px;
    text-align: start;
  }
  th {
    background: var(--_soft);
    font-weight: 600;
  }
  tbody tr:last-child > td {
    border-block-end: 0;
  }
  .align-center {
    text-align: center;
  }
  .align-right {
    text-align: end;
  }
`;
