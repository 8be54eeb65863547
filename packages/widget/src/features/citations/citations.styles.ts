import { type CSSResult, css } from 'lit';

/** The preview of a source, which lies over the log. */
export const citationsStyles: CSSResult = css`
  .preview {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    inline-size: min(360px, 100% - 28px);
    margin-inline: auto;
    overflow: hidden auto;
    padding: 12px 14px;
    border: 1px solid var(--_line);
    border-radius: 14px;
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
