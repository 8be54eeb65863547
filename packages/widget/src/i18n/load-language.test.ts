import { expect, it } from 'vitest';
import { english } from './english.js';
import { type LoadedLanguage, loadLanguage } from './load-language.js';

async function load(...parameters: [asked: string, strings: Partial<typeof english>]): Promise<LoadedLanguage | undefined> {
  let learned: LoadedLanguage | undefined;
  await loadLanguage(...parameters, (language) => {
    learned = language;
  });
  return learned;
}

it.each([
  ['de', 'de', 'Senden', 'ltr'],
  ['de-AT', 'de-AT', 'Senden', 'ltr'],
  ['DE_at', 'de-AT', 'Senden', 'ltr'],
  ['pt-BR', 'pt-BR', 'Enviar', 'ltr'],
  ['pt-PT', 'pt-PT', 'Enviar', 'ltr'],
  ['zh', 'zh-Hans', '发送', 'ltr'],
  ['zh-Hans-CN', 'zh-Hans', '发送', 'ltr'],
  ['zh-TW', 'zh-Hans', '发送', 'ltr'],
  ['ar-EG', 'ar-EG', 'إرسال', 'rtl'],
  ['he', 'he', 'שליחה', 'rtl'],
  ['iw', 'he', 'שליחה', 'rtl'],
  ['en_GB', 'en-GB', 'Send', ''],
  ['nb', 'en', 'Send', ''],
  ['fa-IR', 'en', 'Send', ''],
  ['constructor', 'en', 'Send', ''],
  ['not a tag!', 'en', 'Send', ''],
])('takes for %j the words of %s', async (asked, tag, send, dir) => {
  const language = await load(asked, { heading: 'Help' });
  expect(language).toMatchObject({ tag, dir, words: { send } });
});

it.each([
  ['fa-IR', 'fa-IR', 'rtl'],
  ['nb', 'nb', 'ltr'],
])('takes the owner at his word when he says all of them in %s', async (asked, tag, dir) => {
  expect(await load(asked, { ...english })).toMatchObject({ tag, dir });
});
