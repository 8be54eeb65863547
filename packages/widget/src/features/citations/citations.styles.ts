import { type CSSResult, css } from 'lit';

/** The sources of an answer, and the preview of one, which lies over the log. */
export const citationsStyles: CSSResult = css`
  .sources {
    margin-block-start: 14px;
    font-size: 13px;
    line-height: 1.4;
  }
  .sources > p {
    margin: 0 0 6px;
    color: var(--_muted);
    font-weight: 600;
  }
  .sources ol {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: source;
  }
  .sources li {
    margin: 0;
    counter-increment: source;
  }
  .source {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 10px;
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: min(12px, var(--_radius));
    color: inherit;
    text-decoration: none;
  }
  a.source:hover {
    background: var(--_soft);
  }
  .source::before {
    content: counter(source);
    grid-row: span 2;
    color: var(--_muted);
  }
  .source span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  a.source > span:first-child {
    color: var(--_link);
    font-weight: 500;
  }
  .source .host {
    color: var(--_muted);
    font-size: 12px;
  }
  .preview {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    inline-size: min(360px, 100% - 28px);
    margin-inline: auto;
    overflow: hidden auto;
    padding: 12px 14px;
    border: 1px solid var(--_line);
    border-radius: min(14px, var(--_radius));
    background: var(--_bg);
    box-shadow:
      0 2px 6px rgb(15 23 42 / 0.08),
      0 10px 32px rgb(15 23 42 / 0.2);
    font-size: 14px;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .preview p {
    margin: 0;
  }
  .preview-title {
    font-weight: 600;
  }
  .preview-place {
    color: var(--_muted);
    font-size: 12px;
  }
  .preview blockquote {
    margin: 8px 0 0;
    white-space: pre-line;
  }
`;
