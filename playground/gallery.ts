import '@nova-chat/widget/define';
import { defaultSettings, type FrameSettings, toQuery } from './frame-settings.js';
import { mountChat } from './mount-chat.js';
import { type Preset, presets, toCss } from './presets.js';
import { scenarios } from './scenarios.js';

type Settings = Partial<FrameSettings>;

const pages: [title: string, settings: Settings, frame?: string][] = [
  ['A bubble, closed', {}],
  ['A bubble, open', { scenario: 'starters', start: 'open' }],
  ['In the top corner', { scenario: 'starters', start: 'open', position: 'top-end' }],
  ['A side panel', { scenario: 'starters', mode: 'panel', start: 'open' }],
  ['Full screen', { mode: 'fullscreen', start: 'ask' }],
  ['In the text', { mode: 'inline', start: 'ask' }],
  ['Right to left', { scenario: 'arabic', direction: 'rtl', start: 'ask' }],
  ['Phone', { scenario: 'citations', start: 'ask' }, 'phone'],
  ['Small phone, dark', { scenario: 'citations', theme: 'dark', start: 'ask' }, 'small-phone'],
];

fill('looks', [
  toFigure('The chat’s own, light', { theme: 'light', scenario: 'citations' }),
  toFigure('The chat’s own, dark', { theme: 'dark', scenario: 'citations' }),
  ...presets.map((preset) => {
    const figure = toFigure(preset.title, { preset: preset.name, scenario: 'citations' });
    figure.append(toRule(preset));
    return figure;
  }),
]);
fill(
  'places',
  pages.map(([title, settings, className = '']) => {
    const src = `./frame.html?${toQuery(settings)}`;
    const frame = Object.assign(document.createElement('iframe'), { src, title, className, loading: 'lazy' });
    return toCaptioned(title, settings, frame);
  }),
);
const ofGroup = (group: string): HTMLElement[] =>
  scenarios.filter((one) => one.group === group).map(({ name, title }) => toFigure(title, { scenario: name }));
fill('features', ofGroup('feature'));
fill('answers', ofGroup('answer'));

function fill(id: string, figures: readonly HTMLElement[]): void {
  document.querySelector(`#${id} .figures`)?.append(...figures);
}

/** Shows a chat in the page itself. It is asked when it comes into view. */
function toFigure(title: string, settings: Settings): HTMLElement {
  const place = document.createElement('div');
  place.className = 'place';
  const whole: FrameSettings = { ...defaultSettings, start: 'ask', ...settings, mode: 'inline' };
  place.dir = settings.scenario === 'arabic' ? 'rtl' : 'ltr';
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      // A name of its own keeps its conversations apart from those of the others.
      mountChat(place, whole).id = title.toLowerCase().replaceAll(/\W+/g, '-');
    },
    { rootMargin: '200px' },
  );
  observer.observe(place);
  return toCaptioned(title, { ...settings, start: 'ask' }, place);
}

function toCaptioned(title: string, settings: Settings, content: HTMLElement): HTMLElement {
  const link = Object.assign(document.createElement('a'), { href: `./?${toQuery(settings)}`, textContent: title });
  const caption = document.createElement('figcaption');
  const figure = document.createElement('figure');
  caption.append(link);
  figure.append(caption, content);
  return figure;
}

function toRule(preset: Preset): HTMLElement {
  const css = toCss(preset);
  const rule = Object.assign(document.createElement('pre'), { textContent: css });
  const copy = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Copy' });
  copy.setAttribute('aria-label', `Copy the rule of ${preset.title}`);
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(css);
    copy.textContent = 'Copied';
  });
  const box = document.createElement('div');
  box.className = 'rule';
  box.append(rule, copy);
  return box;
}
