import { type CSSResult, css, unsafeCSS } from 'lit';
import { launcherCss } from './launcher-css.js';

/** Tokens, the root of the shadow tree, and what all views share. Sizes are in px: a page may set its rem to anything. */
export const themeStyles: CSSResult[] = [
  unsafeCSS(launcherCss),
  css`
    /* Bubble and panel stand where the page's direction puts them, whatever that of the words is. */
    :host,
    .words {
      display: contents;
    }
    :host([hidden]),
    [hidden] {
      display: none !important;
    }
    :host([mode='inline']) {
      display: block;
      block-size: var(--nova-height, 600px);
    }
    .root {
      all: initial;
      user-select: text;
      visibility: inherit;
      color-scheme: light dark;
      display: contents;
      --_bg: var(--nova-surface, light-dark(#fff, #18191d));
      --_fg: var(--nova-on-surface, light-dark(#1a1d24, #ececef));
      --_muted: light-dark(
        color-mix(in oklab, var(--_fg) 68%, var(--_bg)),
        color-mix(in oklab, var(--_fg) 66%, var(--_bg))
      );
      --_line: color-mix(in oklab, var(--_fg) 12%, var(--_bg));
      --_edge: color-mix(in oklab, var(--_fg) 52%, var(--_bg));
      --_soft: color-mix(in oklab, var(--_fg) 5%, var(--_bg));
      --_tint: light-dark(
        color-mix(in oklab, var(--_accent) 11%, var(--_bg)),
        color-mix(in oklab, var(--_link) 22%, var(--_bg))
      );
      --_link: light-dark(
        oklch(from var(--_accent) min(l, 0.5) c h),
        oklch(from var(--_accent) max(l, 0.76) min(c, 0.14) h)
      );
      --_bad: light-dark(#b42318, #ff9d92);
      --_radius: var(--nova-radius, 18px);
      --_font: var(--nova-font, system-ui, sans-serif);
    }
    :host([theme='page']) .root {
      color-scheme: inherit;
    }
    :host([theme='light']) .root {
      color-scheme: light;
    }
    :host([theme='dark']) .root {
      color-scheme: dark;
    }
    .root * {
      box-sizing: border-box;
    }
    .root:lang(ko) {
      word-break: keep-all;
    }
    .launcher svg.icon,
    .icon {
      inline-size: 20px;
      block-size: 20px;
      fill: none;
      stroke: currentcolor;
      stroke-width: 2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .launcher svg.icon {
      inline-size: 26px;
      block-size: 26px;
    }
    .vh {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    /* On a page without a doctype a form has a margin, too. */
    form,
    button {
      margin: 0;
    }
    button {
      border: 0;
      padding: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
      touch-action: manipulation;
      -webkit-tap-highlight-color: transparent;
    }
    :is(a, button, [tabindex]):focus-visible {
      outline: 2px solid var(--_link);
      outline-offset: 2px;
    }
    .round {
      display: grid;
      place-items: center;
      flex: none;
      inline-size: 36px;
      block-size: 36px;
      border-radius: 50%;
    }
    @media (prefers-reduced-motion: reduce) {
      .root * {
        animation: none !important;
        transition: none !important;
      }
    }
  `,
];
