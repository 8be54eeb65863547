import type { Feature, FeatureHost } from '../feature.js';
import { keepFocusInside } from './keep-focus-inside.js';

/** Less than this is a bar of the browser that comes and goes, in px. */
const leastKeyboardPx = 100;

/**
 * Keeps the focus in a panel that covers the whole window, and the panel that covers a phone within what its on-screen
 * keyboard leaves of the screen, header and input in view. No CSS unit knows of a keyboard unless the page asks for it,
 * and the page is not ours.
 */
export function createFeature(chat: FeatureHost): Feature {
  const root = chat.renderRoot as ShadowRoot;
  root.addEventListener('keydown', (event) => {
    const panel = root.querySelector<HTMLElement>('.whole:not([hidden])');
    if (panel && event instanceof KeyboardEvent && event.key === 'Tab') keepFocusInside(panel, event);
  });
  const breaksLines = (): boolean => chat.enterKey === 'newline' && matchMedia('(pointer: coarse)').matches;
  chat.addController({
    hostUpdated() {
      // The key says what it does.
      const input = root.querySelector<HTMLTextAreaElement>('nova-composer textarea');
      if (input) input.enterKeyHint = breaksLines() ? 'enter' : 'send';
    },
  });
  root.addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, metaKey } = event as KeyboardEvent;
      const isInput = event.target instanceof Element && event.target.matches('nova-composer textarea');
      // The input does not hear of it, and the browser begins a line.
      if (isInput && key === 'Enter' && !ctrlKey && !metaKey && breaksLines()) event.stopPropagation();
    },
    true,
  );
  const viewport = globalThis.visualViewport;
  if (!viewport) return {};
  // A style attribute would be refused by a strict policy.
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets.push(sheet);

  const place = (): void => {
    const { height, offsetTop, scale } = viewport;
    // A visitor who has zoomed in wants to see a part of the panel, not a smaller panel.
    const isCovered = scale < 1.01 && document.documentElement.clientHeight - height > leastKeyboardPx;
    sheet.replaceSync(
      isCovered
        ? `:host .panel.whole { inset-block: ${offsetTop}px auto; block-size: ${height}px; padding-block-end: 0 }`
        : '',
    );
  };

  return {
    onConnect() {
      viewport.addEventListener('resize', place);
      viewport.addEventListener('scroll', place);
      place();
    },
    onDisconnect() {
      viewport.removeEventListener('resize', place);
      viewport.removeEventListener('scroll', place);
    },
  };
}
