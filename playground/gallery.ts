import '@nova-chat/widget/define';
import { defaultSettings, type FrameSettings, toQuery } from './frame-settings.js';
import { mountChat } from './mount-chat.js';
import { scenarios } from './scenarios.js';

type State = [title: string, settings: Partial<FrameSettings>];

/** They need a page of their own: a corner to stand in, or a browser that says it is offline. */
const pageStates: State[] = [
  ['Closed', {}],
  ['Closed, dark', { theme: 'dark' }],
  ['Open', { start: 'open' }],
  ['Offline', { start: 'ask', network: 'offline' }],
];

const panelStates: State[] = [
  ['Empty', {}],
  ['Empty, dark', { theme: 'dark' }],
  ['Dark', { scenario: 'long', theme: 'dark', start: 'ask' }],
  ['Right to left', { scenario: 'arabic', direction: 'rtl', start: 'ask' }],
  ['Another accent', { scenario: 'citations', accent: '#0b6e4f', start: 'ask' }],
  ...scenarios.map(({ name, title }): State => [title, { scenario: name, start: 'ask' }]),
];

const figures = [
  ...pageStates.map(([title, settings]) => toFigure(title, settings, toFrame(title, settings))),
  ...panelStates.map(([title, settings]) => toFigure(title, settings, toPanel(settings))),
];
document.querySelector('main')?.append(...figures);

function toFigure(title: string, settings: Partial<FrameSettings>, content: HTMLElement): HTMLElement {
  const link = Object.assign(document.createElement('a'), { href: `./?${toQuery(settings)}`, textContent: title });
  const caption = document.createElement('figcaption');
  const figure = document.createElement('figure');
  caption.append(link);
  figure.append(caption, content);
  return figure;
}

function toFrame(title: string, settings: Partial<FrameSettings>): HTMLElement {
  return Object.assign(document.createElement('iframe'), { src: `./frame.html?${toQuery(settings)}`, title });
}

function toPanel(settings: Partial<FrameSettings>): HTMLElement {
  const place = document.createElement('div');
  place.className = 'place';
  place.dir = settings.direction ?? 'ltr';
  // A scroller or a live region that is not on the page yet cannot do its work: first in, then asked.
  queueMicrotask(() => mountChat(place, { ...defaultSettings, ...settings, mode: 'inline' }));
  return place;
}
