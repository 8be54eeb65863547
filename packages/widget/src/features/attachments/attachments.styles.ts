import { type CSSResult, css } from 'lit';

/** The button in the input, and the row of files above it or in a question. */
export const attachmentsStyles: CSSResult = css`
  .attach {
    position: relative;
    inline-size: 38px;
    block-size: 38px;
    color: var(--_muted);
    cursor: pointer;
  }
  .attach:hover {
    background: var(--_soft);
    color: var(--_fg);
  }
  .attach:has(:focus-visible) {
    outline: 2px solid var(--_link);
  }
  .attachments {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .attachments.chosen {
    /* On a small screen, or above a keyboard, the input stays in view. */
    flex: 0 1 auto;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    max-inline-size: 760px;
    margin: 0 auto;
    padding: 0 18px 8px;
  }
  .user .attachments {
    justify-content: flex-end;
    margin-block-end: 6px;
  }
  .attachments .bad {
    flex-basis: 100%;
    margin: 0;
    color: var(--_bad);
    font-size: 13px;
  }
  .attachment {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: min(280px, 100%);
    border: 1px solid var(--_line);
    border-radius: min(12px, var(--_radius));
    padding: 5px;
    background: var(--_bg);
    font-size: 13px;
  }
  .attachment canvas {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 8px;
    background: var(--_soft);
  }
  .attachment > .icon {
    flex: none;
    margin: 8px;
    color: var(--_muted);
  }
  .attachment .name {
    overflow: hidden;
    padding-inline-end: 6px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .attachment button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 50%;
    color: var(--_muted);
  }
  .attachment button:hover {
    background: var(--_soft);
    color: var(--_fg);
  }
  .attachment button .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .user .bubble:empty {
    display: none;
  }
  @media (max-width: 480px), (hover: none) {
    .attach,
    .attachment button {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .attachment {
      border-color: CanvasText;
    }
  }
`;
