import { type CSSResult, css } from 'lit';

/** The panel: its place on the page, its header, the log and the welcome. */
export const panelStyles: CSSResult = css`
  .panel {
    position: fixed;
    z-index: var(--nova-z-index, 2147483000);
    inset-block-end: calc(var(--nova-inset, 20px) + 72px + env(safe-area-inset-bottom));
    inset-inline-end: var(--nova-inset, 20px);
    display: flex;
    flex-direction: column;
    overflow: hidden;
    inline-size: min(var(--nova-width, 400px), 100vw - 2 * var(--nova-inset, 20px));
    block-size: min(var(--nova-height, 680px), 100dvh - 2 * var(--nova-inset, 20px) - 72px);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_fg);
    font: 15px / 1.55 var(--_font);
    box-shadow:
      0 2px 6px #0f172a0f,
      0 16px 48px #0f172a2e;
    animation: nova-in 0.2s ease-out;
  }
  @keyframes nova-in {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.985);
    }
  }
  :host([position^='top']) .panel {
    inset-block: calc(var(--nova-inset, 20px) + 72px + env(safe-area-inset-top)) auto;
  }
  :host([mode='panel']) .panel {
    inset-block: 0;
    inset-inline-end: 0;
    block-size: 100dvh;
    border-radius: 0;
  }
  :host([mode='panel'][position$='start']) .panel {
    inset-inline: 0 auto;
  }
  :host([mode='inline']) .panel {
    position: relative;
    z-index: auto;
    inset: auto;
    inline-size: 100%;
    animation: none;
    box-shadow: none;
    block-size: 100%;
  }
  header {
    display: flex;
    gap: 10px;
    align-items: center;
    flex: none;
    padding: 12px;
    padding-inline-start: 18px;
    border-block-end: 1px solid var(--_line);
  }
  /* As high as a button: the head stays as it is when one comes. */
  header > svg {
    flex: none;
    inline-size: 24px;
    block-size: 36px;
    fill: var(--_link);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
    font-size: 16px;
    font-weight: 600;
    line-height: 1.35;
  }
  header .round {
    color: var(--_muted);
  }
  .round:hover {
    background: var(--_soft);
    color: var(--_fg);
  }
  nova-transcript {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  .log {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  .messages {
    display: flex;
    flex-direction: column;
    gap: 22px;
    min-block-size: 100%;
    max-inline-size: 760px;
    margin: 0 auto;
    padding: 20px 18px 24px;
  }
  .welcome .bubble {
    max-inline-size: 30ch;
    font-size: 21px;
    text-wrap: balance;
    line-height: 1.35;
    font-weight: 600;
  }
  ul.starters {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 8px;
    margin: auto 0 0;
    padding: 0;
    list-style: none;
  }
  ul.starters li {
    margin: 0;
  }
  .starter {
    min-block-size: 40px;
    padding: 8px 14px;
    border: 1px solid var(--_line);
    border-radius: 20px;
    color: var(--_link);
    overflow-wrap: anywhere;
  }
  .earlier {
    align-self: center;
  }
  .starter:hover {
    background: var(--_tint);
  }
  ::slotted([slot='footer']) {
    display: block;
    margin: 0;
    padding: 0 18px 14px;
    color: var(--_muted);
    font-size: 12px;
    text-align: center;
  }
  .jump {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    margin-inline: auto;
    border: 1px solid var(--_line);
    background: var(--_bg);
    box-shadow: 0 2px 6px #0f172a2e;
  }
  :host .panel.whole {
    inset: 0;
    inline-size: auto;
    block-size: 100dvh;
    border: 0;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
      env(safe-area-inset-left);
  }
  :host([mode='panel']) .panel:not([hidden]) ~ .launcher,
  .whole:not([hidden]) ~ .launcher {
    display: none;
  }
  @media (max-width: 480px), (max-height: 480px) {
    header {
      touch-action: pinch-zoom;
    }
    header .round {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .starter,
    .jump {
      border-color: ButtonText;
    }
  }
  @media print {
    .panel {
      position: static;
      block-size: auto;
    }
  }
`;
