import { expect, it } from 'vitest';
import { type EmbedSettings, readEmbedSettings } from './read-embed-settings.js';

function read(attributes: Record<string, string>, config?: object): EmbedSettings {
  const script = document.createElement('script');
  script.setAttribute('src', 'https://chat.example/widget/embed.js');
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  return readEmbedSettings(script, config);
}

it('asks the host that the script came from, by default', () => {
  expect(read({})).toEqual({
    attributes: new Map([['endpoint', 'https://chat.example']]),
    accent: undefined,
    load: '',
    isInline: false,
    target: undefined,
  });
});

it('hands every option on, and reads those of the loader', () => {
  const settings = read({
    'data-nova-endpoint': 'https://api.example/v1/chat/completions',
    'data-nova-heading': 'Help',
    'data-nova-greeting': 'Hello',
    'data-nova-starters': '["When?"]',
    'data-nova-theme': 'dark',
    'data-nova-position': 'start',
    'data-nova-locale': 'de',
    'data-nova-model': 'site',
    'data-nova-open': '',
    'data-nova-max-length': '500',
    'data-nova-accent': '#b00',
    'data-nova-load': 'idle',
    'data-other': 'no',
    id: 'chat-script',
  });
  expect(Object.fromEntries(settings.attributes)).toEqual({
    endpoint: 'https://api.example/v1/chat/completions',
    heading: 'Help',
    greeting: 'Hello',
    starters: '["When?"]',
    theme: 'dark',
    position: 'start',
    locale: 'de',
    model: 'site',
    open: '',
    'max-length': '500',
    accent: '#b00',
    load: 'idle',
  });
  expect(settings).toMatchObject({ accent: '#b00', load: 'idle', isInline: false });
});

it('loads an inline chat when it is seen, into its target', () => {
  expect(read({ 'data-nova-mode': 'inline', 'data-nova-target': '#help' })).toMatchObject({
    isInline: true,
    load: 'visible',
    target: '#help',
  });
});

it('takes the options of a file, where the tag has none', () => {
  const config = { heading: 'File', mode: 'inline', starters: ['When?'], open: true, disabled: false, maxLength: 5 };
  const settings = read({ 'data-nova-heading': 'Tag' }, config);
  expect(Object.fromEntries(settings.attributes)).toEqual({
    endpoint: 'https://chat.example',
    heading: 'Tag',
    mode: 'inline',
    starters: '["When?"]',
    open: '',
    maxlength: '5',
  });
  expect(settings.isInline).toBe(true);
});
