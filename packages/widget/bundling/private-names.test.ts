import { expect, it } from 'vitest';
import { NovaComposer } from '../src/elements/nova-composer.js';
import { NovaTranscript } from '../src/elements/nova-transcript.js';
import { english } from '../src/i18n/english.js';
import { englishFeatureStrings } from '../src/i18n/feature-strings.js';
import { NovaChatProperties } from '../src/nova-chat/nova-chat-properties.js';
import { minifyCode } from './minify-chunks.js';
import { privateNames } from './private-names.js';

it('gives a private name the same short one in every file, whatever else is there', async () => {
  const [first, second] = await Promise.all([
    minifyCode('export const lexer = { tokenizer: 1, inlineQueue: [], tokens: [] };', 'a.js'),
    minifyCode('export const read = (lexer) => [lexer.isPinned, lexer.inlineQueue, lexer.tokens];', 'b.js'),
  ]);
  const [, short] = /(_\w+):\[\]/.exec(first) ?? [];
  expect(short).toBeDefined();
  expect(second).toContain(`.${short},`);
  expect(first + second).not.toContain('inlineQueue');
  expect(first).toContain('tokens:');
  expect(second).toContain('.tokens');
});

it('leaves the name of a variable and of an element alone that is short by itself', async () => {
  expect(await minifyCode('export const on = (chat) => chat._$AH + chat.open;', 'a.js')).toMatch(/\._\$AH\+\w\.open/);
});

it.each([`'inlineQueue' in lexer`, 'lexer["tokenizer"]', 'lexer[`lastToken`]', 'html`<a .isPinned=$' + '{lexer}>`'])(
  'refuses %s',
  async (use) => {
    await expect(minifyCode(`export const read = (lexer) => ${use};`, 'a.js')).rejects.toThrow('private-names.ts');
  },
);

it('knows each name once', () => {
  expect(new Set(privateNames).size).toBe(privateNames.length);
});

it('has no word of the chat, which its owner may say otherwise, and no property that is set from outside', () => {
  const elements = [NovaChatProperties, NovaTranscript, NovaComposer];
  const properties = elements.flatMap((element) => Object.keys(element.properties));
  const known = [...Object.keys(english), ...Object.keys(englishFeatureStrings), ...properties];
  expect(known.filter((name) => privateNames.includes(name))).toEqual([]);
});
