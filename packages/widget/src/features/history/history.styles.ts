import { type CSSResult, css, unsafeCSS } from 'lit';
import { formStyles } from '../shared/form.styles.js';
import { tooLongStyles } from './too-long.styles.js';
import { unreadBadgeStyles } from './unread-badge.styles.js';

/** The list of conversations and its button, with the badge at the launcher. */
export const historyStyles: CSSResult = unsafeCSS(
  formStyles.cssText +
    unreadBadgeStyles.cssText +
    tooLongStyles.cssText +
    css`
  .history-button {
    position: relative;
  }
  .history-button.new::after {
    content: '';
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--_bg);
    border-radius: 50%;
    background: var(--_link);
    box-sizing: content-box;
  }
  .conversations {
    position: absolute;
    z-index: 3;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--_bg);
    animation: nova-fade 0.15s;
  }
  .whole .conversations {
    inset: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
  @keyframes nova-fade {
    from {
      opacity: 0;
    }
  }
  .conversations .bar {
    display: flex;
    align-items: center;
    flex: none;
    padding: 12px;
    padding-inline-start: 18px;
    color: var(--_fg);
  }
  .conversations h3 {
    flex: 1;
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    line-height: 36px;
  }
  .close-list {
    color: var(--_muted);
  }
  .conversations :is(.search, .rows, .undo-line, .foot, .none) {
    inline-size: 100%;
    max-inline-size: 760px;
    margin-inline: auto;
  }
  .search {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    flex: none;
    padding: 2px 18px 12px;
  }
  .field {
    flex: 1 1 160px;
    min-inline-size: 0;
    min-block-size: 40px;
    margin: 0;
    border: 1px solid var(--_edge);
    border-radius: 12px;
    padding: 6px 12px;
    background: var(--_bg);
    color: var(--_fg);
    font: inherit;
    font-size: 16px;
    appearance: none;
  }
  .field::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .field:focus-visible {
    border-color: var(--_link);
    outline: 1px solid var(--_link);
  }
  .add {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: 0 1 auto;
    min-block-size: 40px;
    border: 1px solid transparent;
    border-radius: 12px;
    padding: 6px 14px 6px 10px;
    background: var(--_tint);
    color: var(--_link);
    font-weight: 500;
  }
  .add:hover {
    background: color-mix(in oklab, var(--_tint) 82%, var(--_link));
  }
  .rows {
    flex: 1;
    min-block-size: 0;
    padding: 0 10px 8px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    list-style: none;
  }
  .conversation {
    margin: 0 0 2px;
    border-radius: 12px;
  }
  .conversation .line {
    display: flex;
    align-items: center;
    border-radius: 12px;
  }
  .conversation .line:hover {
    background: var(--_soft);
  }
  .conversation.current .line {
    background: var(--_tint);
  }
  .conversation .open {
    flex: 1;
    min-inline-size: 0;
    border-radius: 12px;
    padding: 8px;
    outline-offset: -2px;
  }
  .conversation :is(.name, .state) {
    display: block;
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .conversation .name {
    font-weight: 500;
    line-height: 22px;
  }
  .conversation .state {
    color: var(--_muted);
    font-size: 13px;
    line-height: 18px;
  }
  .conversation.current .state {
    color: color-mix(in oklab, var(--_fg) 76%, var(--_bg));
  }
  .conversation .state:is(.live, .new) {
    color: var(--_link);
  }
  .conversation .state:is(.live, .new)::before {
    content: '';
    display: inline-block;
    inline-size: 7px;
    block-size: 7px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: currentcolor;
    vertical-align: 1px;
  }
  .conversation .state.live::before {
    animation: nova-pulse 1.4s infinite;
  }
  .more {
    margin-inline-end: 4px;
    color: var(--_muted);
  }
  .more .icon {
    stroke-width: 3;
  }
  .options,
  .foot,
  .undo-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .options {
    padding: 6px 8px 10px;
  }
  .option {
    min-block-size: 32px;
    border: 1px solid var(--_line);
    border-radius: 16px;
    padding: 3px 12px;
    font-size: 14px;
  }
  .option:hover {
    background: var(--_soft);
  }
  .option.strong {
    border-color: transparent;
    background: var(--_bad);
    color: light-dark(#fff, #1a1d24);
  }
  .title-form {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 6px 8px 10px;
  }
  .title-form .field {
    flex-basis: 210px;
  }
  .none {
    flex: 1;
    margin-block: 0;
    padding: 8px 18px;
    color: var(--_muted);
  }
  .rows:not(:has(li)) {
    flex: none;
    padding: 0;
  }
  .undo-line,
  .foot {
    flex: none;
    justify-content: space-between;
    padding: 10px 18px;
    border-block-start: 1px solid var(--_line);
    font-size: 14px;
  }
  .undo-line {
    margin-block: 0;
    background: var(--_soft);
  }
  .foot > span {
    flex: 1 1 100%;
  }
  @media (max-width: 480px), (hover: none) {
    .field,
    .add,
    .option {
      min-block-size: 44px;
      border-radius: 22px;
    }
    .add {
      flex-grow: 1;
    }
    .more,
    .conversations .bar .round {
      inline-size: 44px;
      block-size: 44px;
    }
    .conversation .open {
      padding-block: 10px;
    }
  }
  @media (forced-colors: active) {
    .conversation.current .line {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .conversation .state::before,
    .history-button.new::after {
      background: Highlight;
      forced-color-adjust: none;
    }
    .add,
    .option.strong {
      border-color: ButtonText;
    }
  }
  @media print {
    .conversations {
      display: none;
    }
  }
`.cssText,
);
