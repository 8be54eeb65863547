import { launcherCss, launcherIconPath } from '../styles/launcher-css.js';
import type { EmbedSettings } from './read-embed-settings.js';

/** `failed` waits for another click. */
export type LauncherState = 'ready' | 'busy' | 'failed';

/** The bubble before the chat has been loaded. */
export interface Launcher {
  /** Stands in the page; the button is in its shadow root. */
  readonly host: HTMLElement;
  readonly button: HTMLElement;
  setState(state: LauncherState): void;
}

const label = 'Chat';
const failure = 'Chat did not load. Try again.';

const stateCss = `
:host{display:contents}
[aria-busy=true]{cursor:progress;svg{animation:busy 1s infinite alternate;
@media (prefers-reduced-motion:reduce){animation:none;opacity:.6}}}
@keyframes busy{to{opacity:.6}}
/* Its title says that the chat did not load. */
[title^=C]::after{content:"!";position:absolute;inset:-4px -4px auto auto;inline-size:20px;
border-radius:50%;background:#b42318;color:#fff;font:700 13px/20px system-ui;text-align:center}`;

/**
 * Builds the bubble out of nodes and a constructed style sheet: no markup, no inline style, so any CSP lets it be.
 * `onApproach` is called when a visitor reaches for it, with whether a pointer is down on it.
 */
export function createLauncher(
  { accent, attributes }: Pick<EmbedSettings, 'accent' | 'attributes'>,
  onApproach: (isDown: boolean) => void,
): Launcher {
  // Without a position it says "undefined", which is no corner.
  const host = setAttributes(document.createElement('nova-launcher'), { position: attributes.get('position') });
  if (accent) host.style.setProperty('--nova-accent', accent);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherCss + stateCss);
  root.adoptedStyleSheets = [sheet];

  const button = setAttributes(document.createElement('button'), {
    class: 'launcher',
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
  });
  const svg = setAttributes(createSvg('svg'), { viewBox: '0 0 24 24', 'aria-hidden': true });
  svg.append(setAttributes(createSvg('path'), { d: launcherIconPath }));
  button.append(svg);
  root.append(button);
  for (const type of ['pointerenter', 'focus', 'pointerdown', 'pointerup', 'pointercancel']) {
    button.addEventListener(type, () => onApproach(type === 'pointerdown'));
  }

  const setState = (state: LauncherState): void => {
    const title = state === 'failed' ? failure : '';
    setAttributes(button, { 'aria-label': title || label, 'aria-busy': state === 'busy', title });
  };
  setState('ready');
  return { host, button, setState };
}

const createSvg = (name: string): Element => document.createElementNS('http://www.w3.org/2000/svg', name);

function setAttributes<T extends Element>(element: T, attributes: Readonly<Record<string, unknown>>): T {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
