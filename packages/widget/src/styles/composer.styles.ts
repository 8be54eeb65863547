import { type CSSResult, css } from 'lit';

/**
 * The input. Its invisible twin gives it the height of its text, without a measurement or a style attribute. It is an
 * element, because WebKit forgets to follow `attr()` as soon as a feature has brought styles of its own.
 */
export const composerStyles: CSSResult = css`
  nova-composer {
    display: block;
    flex: none;
    inline-size: 100%;
    max-inline-size: 760px;
    margin: 0 auto;
    padding: 0 14px 14px;
  }
  .composer {
    display: flex;
    padding: 5px;
    align-items: flex-end;
    border: 1px solid var(--_edge);
    border-radius: 25px;
    background: var(--_bg);
    cursor: text;
  }
  .composer:focus-within {
    outline: 1px solid var(--_link);
    border-color: var(--_link);
  }
  .grow {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 38px;
    max-block-size: 168px;
    overflow: hidden;
  }
  .grow pre {
    visibility: hidden;
  }
  .grow > * {
    margin: 0;
    border: 0;
    tab-size: 2;
    padding: 7px 6px;
    padding-inline-start: 13px;
    background: none;
    color: inherit;
    font: 16px / 24px var(--_font);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .grow textarea {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden auto;
    overscroll-behavior: contain;
    outline: 0;
    resize: none;
    scrollbar-width: none;
  }
  .grow textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  /* Firefox shows no placeholder from right to left in an input that takes its direction from the text. */
  textarea:not(:placeholder-shown) {
    unicode-bidi: plaintext;
  }
  .send {
    inline-size: 38px;
    block-size: 38px;
  }
  .send,
  .send:hover {
    background-color: var(--_accent);
    color: var(--_on-accent);
  }
  .send[aria-disabled='true'] {
    background-color: var(--_line);
    color: var(--_muted);
  }
  .send .icon-stop {
    fill: currentcolor;
  }
  @media (max-width: 480px), (max-height: 480px) {
    nova-composer {
      padding: 0 10px 10px;
    }
    .composer {
      border-radius: 28px;
    }
    .send {
      inline-size: 44px;
      block-size: 44px;
    }
    .grow > * {
      padding-block: 10px;
    }
  }
  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonText;
    }
  }
`;
