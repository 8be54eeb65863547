import { expect, it, vi } from 'vitest';
import { english } from './english.js';
import { type LoadedLanguage, loadLanguage } from './load-language.js';
import type { NovaStrings } from './nova-strings.js';

async function load(asked: string, strings: Partial<NovaStrings>): Promise<LoadedLanguage | undefined> {
  const learn = vi.fn<(language: LoadedLanguage) => void>();
  await loadLanguage({ asked, learn }, strings);
  return learn.mock.calls[0]?.[0];
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
  ['en_GB', 'en-GB', 'Send', undefined],
  ['nb', 'en', 'Send', undefined],
  ['fa-IR', 'en', 'Send', undefined],
  ['constructor', 'en', 'Send', undefined],
  ['not a tag!', 'en', 'Send', undefined],
])('takes for %j the words of %s', async (asked, tag, send, dir) => {
  const language = await load(asked, { heading: 'Help' });
  expect(language).toMatchObject({ tag, words: { send } });
  expect(language?.dir).toBe(dir);
});

it.each([
  ['fa-IR', 'fa-IR', 'rtl'],
  ['nb', 'nb', 'ltr'],
])('takes the owner at his word when he says all of them in %s', async (asked, tag, dir) => {
  expect(await load(asked, { ...english })).toMatchObject({ tag, dir });
});

it('teaches nothing that is not asked for any more', async () => {
  const learner = { asked: 'de', learn: vi.fn() };
  const loading = loadLanguage(learner, {});
  learner.asked = 'fr';
  await loading;
  expect(learner.learn).not.toHaveBeenCalled();
});
