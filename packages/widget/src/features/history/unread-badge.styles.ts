import { type CSSResult, css } from 'lit';

/** The badge at the launcher. */
export const unreadBadgeStyles: CSSResult = css`
  .unread {
    position: fixed;
    z-index: var(--nova-z-index, 2147483000);
    inset-block-end: calc(var(--nova-inset, 20px) + 38px + env(safe-area-inset-bottom));
    inset-inline-end: calc(var(--nova-inset, 20px) - 4px);
    border: 2px solid var(--_bg);
    border-radius: 13px;
    padding-inline: 5px;
    background: light-dark(#b42318, #ff9d92);
    color: light-dark(#fff, #1a1d24);
    font: 600 12px / 22px var(--_font);
    text-align: center;
    pointer-events: none;
    box-sizing: content-box;
    min-inline-size: 12px;
  }
  :host([position^='top']) .unread {
    inset-block: calc(var(--nova-inset, 20px) - 4px + env(safe-area-inset-top)) auto;
  }
  :host([position$='start']) .unread {
    inset-inline: calc(var(--nova-inset, 20px) - 4px) auto;
  }
  @media (forced-colors: active) {
    .unread {
      border-color: ButtonText;
    }
  }
  @media print {
    .unread {
      display: none;
    }
  }
`;
