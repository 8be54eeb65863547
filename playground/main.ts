import { defaultSettings, parseSettings, toQuery } from './frame-settings.js';
import { presets } from './presets.js';
import { groups, type Scenario, scenarios } from './scenarios.js';

const form = find('form');
const frame = find('iframe');
const log = find('ol');

find('[name=preset]').append(...presets.map(({ name, title }) => new Option(title, name)));
find('.menu').append(...Object.entries(groups).map(([group, title]) => toGroup(group, title)));
fillForm();
showFrame();
form.addEventListener('input', ({ target }) => {
  // Who chooses what happens wants to see it happen.
  if (target instanceof HTMLInputElement) fill('start', 'ask');
  showFrame();
});
addEventListener('message', ({ data, origin }: MessageEvent<{ event?: string }>) => {
  if (origin === location.origin && data.event) log.append(toLine(data.event));
  // The list alone: on a phone the page would jump down to it.
  log.scrollTop = log.scrollHeight;
});

/** Rebuilds the frame: an element that has just been mounted is the honest start of each state. */
function showFrame(): void {
  const { width = '', ...settings } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const query = toQuery({ ...defaultSettings, ...settings });
  history.replaceState(null, '', `?${query}${width ? `&width=${width}` : ''}`);
  frame.className = width;
  frame.src = `./frame.html?${query}`;
  log.replaceChildren();
}

function fillForm(): void {
  const width = new URLSearchParams(location.search).get('width') ?? '';
  for (const [name, value] of Object.entries({ ...parseSettings(location.search), width })) fill(name, value);
  for (const group of form.querySelectorAll('details')) group.open ||= group.querySelector(':checked') !== null;
}

function fill(name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) field.value = value;
}

function toGroup(group: string, title: string): HTMLElement {
  const details = document.createElement('details');
  const summary = Object.assign(document.createElement('summary'), { textContent: title });
  details.append(summary, ...scenarios.filter((scenario) => scenario.group === group).map(toChoice));
  return details;
}

function toChoice({ name, title }: Scenario): HTMLElement {
  const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'scenario', value: name });
  const label = Object.assign(document.createElement('label'), { className: 'choice' });
  label.append(input, title);
  return label;
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
