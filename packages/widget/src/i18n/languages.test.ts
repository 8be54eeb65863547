import { describe, expect, it } from 'vitest';
import { english } from './english.js';
import { englishFeatureStrings } from './feature-strings.js';
import type { LanguageTag } from './language-words.js';
import { type LoadedLanguage, loadLanguage } from './load-language.js';

const everyWord: Readonly<Record<string, string>> = { ...english, ...englishFeatureStrings };
const isCounted = (key: string): boolean => /^(conversationsFound|newAnswers)_/.test(key);

const languages: readonly LanguageTag[] = [
  'ar',
  'de',
  'es',
  'fr',
  'he',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'tr',
  'zh',
];

/** Words that are the same in English: they are written so in the language too, or hold nothing but a name. */
const sameInEnglish: Readonly<Record<string, readonly string[]>> = {
  ar: [],
  de: ['code', 'launcher', 'heading'],
  es: ['launcher', 'heading'],
  fr: ['code', 'image', 'conversation', 'sources', 'conversations', 'versions'],
  he: [],
  hi: [],
  it: ['launcher', 'heading'],
  ja: [],
  ko: [],
  nl: ['code', 'launcher', 'heading', 'model'],
  pl: ['model'],
  pt: ['launcher', 'heading'],
  tr: ['model'],
  zh: [],
};

/** How wide words are, in Latin letters: the signs of Chinese, Japanese and Korean take the room of two. */
const widthOf = (text: string): number =>
  [...text.replace(/[\u2068\u2069]|\p{M}/gu, '')].reduce(
    (width, sign) => width + (/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/u.test(sign) ? 2 : 1),
    0,
  );

/** Buttons that stand beside others in a row of 320 px: their words do not go on in a second line. */
const narrow: Readonly<Record<string, number>> = {
  copy: 14,
  copied: 16,
  cancel: 14,
  save: 14,
  submit: 14,
  allow: 16,
  refuse: 16,
  undo: 18,
  rename: 20,
  deleteConversation: 16,
  retry: 22,
  askAgain: 20,
  agree: 16,
  sendFeedback: 20,
  saveAll: 20,
  deleteAll: 20,
  newConversation: 24,
  heading: 16,
  input: 28,
  conversations: 22,
};

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(languages)('the words in %s', async (tag) => {
  let words: Readonly<Record<string, string>> = {};
  const learn = (language: LoadedLanguage): void => {
    words = { ...language.words };
  };
  await loadLanguage({ asked: tag, learn }, {});
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();

  it('are all there, and none that is not known', () => {
    const forms = ['conversationsFound', 'newAnswers'].flatMap((key) =>
      pluralCategories.map((form) => `${key}_${form}`),
    );
    const expected = [...Object.keys(everyWord).filter((key) => !isCounted(key)), ...forms];
    expect(Object.keys(words).sort()).toEqual(expected.sort());
  });

  it('are not English', () => {
    const same = Object.keys(words).filter((key) => key !== 'toolRuns' && words[key] === everyWord[key]);
    expect(same.sort()).toEqual([...(sameInEnglish[tag] ?? [])].sort());
  });

  it.each(Object.keys(words).filter((key) => !isCounted(key)))('have the same places for values in %s', (key) => {
    expect(placeholders(words[key] ?? '')).toEqual(placeholders(everyWord[key] ?? ''));
  });

  it('tell the number in each form that stands for many numbers', () => {
    for (const key of Object.keys(words).filter(isCounted)) {
      // `one` is a whole set of numbers in some languages, such as 21 or 0 and 1.
      const numbers = Array.from({ length: 200 }, (_, count) => count).filter((count) =>
        key.endsWith(`_${new Intl.PluralRules(tag).select(count)}`),
      );
      const isExact = numbers.length === 1;
      if (!isExact || placeholders(words[key] ?? '').length > 0) {
        expect(placeholders(words[key] ?? ''), key).toEqual(['{count}']);
      }
    }
  });

  it('are trimmed, without signs of English typewriters, and end as the English ones do', () => {
    for (const [key, text] of Object.entries(words)) {
      expect(text, key).not.toMatch(/^\s|\s$|["']|\.\.\.| {2}/);
      const base = everyWord[key];
      if (base === undefined || !/[.?!…]$/.test(base)) continue;
      // A question may be put as words, but a sentence never ends without its sign.
      if (/\.$/.test(base)) expect(text, key).toMatch(/[.。।!！]$/);
      if (/…$/.test(base)) expect(text, key).toMatch(/…$/);
    }
  });

  it('fit into their room', () => {
    const wide = Object.entries(narrow).filter(([key, room]) => widthOf(words[key] ?? '') > room);
    expect(wide.map(([key]) => `${key}: ${words[key]}`)).toEqual([]);
    for (const [key, text] of Object.entries(words)) {
      const base = everyWord[key] ?? everyWord[key.replace(/_.*/, '_other')] ?? '';
      expect(widthOf(text), `${key}: ${text}`).toBeLessThanOrEqual(Math.max(24, base.length * 2));
    }
  });
});
