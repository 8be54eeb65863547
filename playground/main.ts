import { defaultSettings, parseSettings, toQuery } from './frame-settings.js';
import { scenarios } from './scenarios.js';

const form = find('form');
const frame = find('iframe');
const log = find('ol');

for (const kind of ['answer', 'fault']) find(`[data-kind=${kind}]`).append(...toChoices(kind));
fillForm();
showFrame();
form.addEventListener('input', showFrame);
addEventListener('message', ({ data, origin }: MessageEvent<{ event?: string }>) => {
  if (origin === location.origin && data.event) log.append(toLine(data.event));
  log.lastElementChild?.scrollIntoView({ block: 'nearest' });
});

/** Rebuilds the frame: an element that has just been mounted is the honest start of each state. */
function showFrame(): void {
  const { width = '', ...settings } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const query = toQuery({ ...defaultSettings, ...settings });
  history.replaceState(null, '', `?${query}${width ? `&width=${width}` : ''}`);
  frame.classList.toggle('phone', width !== '');
  frame.src = `./frame.html?${query}`;
  log.replaceChildren();
}

function fillForm(): void {
  const query = new URLSearchParams(location.search);
  const values: Record<string, string> = { ...parseSettings(location.search), width: query.get('width') ?? '' };
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement)) continue;
    const value = values[field.name] ?? '';
    if (field.type === 'text') field.value = value;
    else field.checked = field.value === value;
  }
}

function toChoices(kind: string): HTMLElement[] {
  return scenarios
    .filter((scenario) => scenario.kind === kind)
    .map(({ name, title }) => {
      const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'scenario', value: name });
      const label = document.createElement('label');
      label.append(input, title);
      return label;
    });
}

function toLine(text: string): HTMLElement {
  return Object.assign(document.createElement('li'), { textContent: text });
}

function find<Name extends keyof HTMLElementTagNameMap>(selector: Name): HTMLElementTagNameMap[Name];
function find(selector: string): HTMLElement;
function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`index.html has no ${selector}`);
  return element;
}
