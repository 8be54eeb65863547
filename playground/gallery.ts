import { type FrameSettings, toQuery } from './frame-settings.js';
import { scenarios } from './scenarios.js';

const states: [title: string, settings: Partial<FrameSettings>][] = [
  ['Closed', {}],
  ['Closed, dark', { theme: 'dark' }],
  ['Open, empty', { start: 'open' }],
  ['Open, empty, dark', { start: 'open', theme: 'dark' }],
  ['Inline, empty', { start: 'open', mode: 'inline' }],
  ['Offline', { start: 'ask', network: 'offline' }],
  ['A long answer, dark', { start: 'ask', scenario: 'long', theme: 'dark' }],
  ['A long answer, inline', { start: 'ask', scenario: 'long', mode: 'inline' }],
  ['Right to left', { start: 'ask', scenario: 'arabic', direction: 'rtl' }],
  ['Another accent', { start: 'ask', scenario: 'citations', accent: '#0b6e4f' }],
  ...scenarios.map(({ name, title }): [string, Partial<FrameSettings>] => [title, { start: 'ask', scenario: name }]),
];

document.querySelector('main')?.append(
  ...states.map(([title, settings]) => {
    const query = toQuery(settings);
    const frame = Object.assign(document.createElement('iframe'), { src: `./frame.html?${query}`, title });
    frame.loading = 'lazy';
    const link = Object.assign(document.createElement('a'), { href: `./?${query}`, textContent: title });
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    caption.append(link);
    figure.append(caption, frame);
    return figure;
  }),
);
