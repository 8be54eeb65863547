import { parseJson } from '@nova-chat/client/protocol';
import { english } from '../i18n/english.js';
import { englishFeatureStrings } from '../i18n/feature-strings.js';
import { NovaChatProperties } from '../nova-chat/nova-chat-properties.js';

type Must = string | undefined;
/** Says what a value has to be, when it is not. */
type Check = (value: string) => Must | Promise<Must>;

/** What the loader takes, and the element leaves alone. */
const ofLoader = ['accent', 'config', 'load', 'target'];
const ofHtml =
  /^(?:aria-.*|data-.*|on.*|_ng.*|accesskey|class|dir|exportparts|hidden|id|inert|is|lang|nonce|part|popover|role|slot|style|tabindex|title|translate)$/;

/** Words with a number have a form for each plural category of their language. */
const plural = /_(?:zero|one|two|few|many|other)$/;

const wordNames = [
  ...new Set(Object.keys({ ...english, ...englishFeatureStrings }).map((name) => name.replace(plural, ''))),
];
/** An origin, a host with a dot in it, all hosts below one, or a scheme without hosts. */
const place = /^(?:self|localhost(?::\d+)?|https?:\/\/[^*]+|(?:\*\.)?[^*:/]+\.[^*:/]+(?::\d+)?|mailto:|tel:)$/;

const host = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/;
const off = /^(?:false|no|off|0)$/i;
const onOrOff = /^(?:true|yes|on|1|false|no|off|0)$/i;

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isModel = (value: unknown): boolean =>
  isText(value) || (isObject(value) && isText((value as { id?: unknown }).id));

const checks: Readonly<Record<string, Check>> = {
  mode: oneOf('bubble', 'inline', 'panel', 'fullscreen'),
  position: oneOf('bottom-end', 'bottom-start', 'top-end', 'top-start'),
  theme: oneOf('auto', 'page', 'light', 'dark'),
  layer: oneOf('page', 'top'),
  load: oneOf('interaction', 'visible', 'idle'),
  persist: (value) => (value === '' ? undefined : oneOf('none', 'session', 'local')(value)),
  'enter-key': oneOf('send', 'newline'),
  'scroll-behavior': oneOf('follow', 'anchor', 'none'),
  actions: (value) =>
    unless(
      (value.match(/[^\s,"[\]]+/g) ?? []).every((word) => /^(?:copy|regenerate|feedback|edit)$/.test(word)),
      'any of copy, regenerate, feedback and edit, with commas between them',
    ),
  starters: listOf(isText, 'texts, such as ["When do you open?"]'),
  models: listOf(isModel, 'ids or of { "id": "…", "label": "…" }, such as ["site"]'),
  user: objectOf(['id', 'name', 'token']),
  strings: objectOf(wordNames),
  context: objectOf(),
  'max-attachments': isPositive,
  'max-attachment-bytes': isPositive,
  'link-policy': placesOr(),
  'image-policy': placesOr('link', 'click'),
  accent: (value) => unless(CSS.supports('color', value), 'a CSS colour, such as #0b6e4f'),
  locale: (value) =>
    unless(
      value === '' || succeeds(() => new Intl.Locale(value.replaceAll('_', '-'))),
      'a language tag, such as de or pt-BR',
    ),
  target: (value) =>
    unless(
      succeeds(() => document.querySelector(value)) && document.querySelector(value),
      'a selector that finds an element of the page, such as #help',
    ),
  consent: (value) =>
    unless(!onOrOff.test(value), 'words that the visitor agrees to, or blank for words of its own; left out to be off'),
  config: async (value) =>
    unless(isObject(await readJson(value)), 'the address of a file with a JSON object, such as /chat.json'),
  endpoint: (value) =>
    unless(
      // Without a scheme a host is a folder of the page's own.
      !host.test(value) &&
        URL.canParse(value, location.href) &&
        new URL(value, location.href).protocol.startsWith('http'),
      'an address with http or https, such as https://chat.example.com',
    ),
};

/**
 * Says what is wrong with the options that a tag or a file of options gave the chat: those that there are not, and those
 * that cannot have their value. One line each, with the name of the option and what it may be.
 */
export async function checkOptions(chat: Element): Promise<string[]> {
  const known = new Map<string, unknown>(ofLoader.map((name) => [name, undefined]));
  for (const [property, { attribute, type }] of NovaChatProperties.elementProperties) {
    if (attribute !== false) known.set(typeof attribute === 'string' ? attribute : String(property), type);
  }
  const lines = [...chat.attributes].map(async ({ name, value }) => {
    if (ofHtml.test(name)) return [];
    if (!known.has(name)) return `There is no option ${name}; there are ${[...known.keys()].sort().join(', ')}.`;
    const must = await (known.get(name) === Boolean ? isOn(value) : checks[name]?.(value));
    return must === undefined ? [] : `${name}="${value}" must be ${must}.`;
  });
  return (await Promise.all(lines)).flat();
}

async function readJson(address: string): Promise<unknown> {
  try {
    const file = await fetch(address);
    return file.ok && (await file.json());
  } catch {
    return undefined;
  }
}

function unless(isRight: unknown, must: string): Must {
  return isRight ? undefined : must;
}

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

function oneOf(...words: string[]): Check {
  return (value) => unless(words.includes(value), words.join(' or '));
}

function placesOr(...words: string[]): Check {
  const must = [...words, 'self, origins or hosts, such as self *.example.com'].join(', ');
  return (value) =>
    unless(
      value
        .trim()
        .split(/[\s,]+/)
        .every((one) => one === '' || words.includes(one) || place.test(one)),
      must,
    );
}

function listOf(isItem: (item: unknown) => boolean, what: string): Check {
  return (value) => {
    const list = parseJson(value);
    return unless(Array.isArray(list) && list.every(isItem), `a JSON array of ${what}`);
  };
}

function objectOf(names?: readonly string[]): Check {
  return (value) => {
    const object = parseJson(value);
    if (!isObject(object)) return `a JSON object, such as { "${names?.[0] ?? 'page'}": "…" }`;
    const unknown = names && Object.keys(object as object).find((name) => !names.includes(name.replace(plural, '')));
    return unless(!unknown, `without "${unknown}", which is none of ${names?.join(', ')}`);
  };
}

function isPositive(value: string): Must {
  return unless(Number(value) > 0, 'a number above 0');
}

function isOn(value: string): Must {
  return unless(!off.test(value), 'left out to be off: where it stands, it is on');
}
