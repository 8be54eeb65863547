import { english } from './english.js';
import { isRightToLeft } from './is-right-to-left.js';
import type { LanguageTag, LanguageWords } from './language-words.js';
import type { NovaStrings } from './nova-strings.js';

type Languages = { readonly [Tag in LanguageTag]: () => Promise<{ words: LanguageWords<Tag> }> };

/** One file a language, of which a visitor gets one. */
const languages: Languages = {
  ar: () => import('./languages/ar.js'),
  de: () => import('./languages/de.js'),
  es: () => import('./languages/es.js'),
  fr: () => import('./languages/fr.js'),
  he: () => import('./languages/he.js'),
  hi: () => import('./languages/hi.js'),
  it: () => import('./languages/it.js'),
  ja: () => import('./languages/ja.js'),
  ko: () => import('./languages/ko.js'),
  nl: () => import('./languages/nl.js'),
  pl: () => import('./languages/pl.js'),
  pt: () => import('./languages/pt.js'),
  tr: () => import('./languages/tr.js'),
  zh: () => import('./languages/zh.js'),
};

/** The words of a language, the BCP 47 tag that they go with, and their direction; by default that of the page. */
export interface LoadedLanguage {
  tag: string;
  dir?: string;
  words: NovaStrings;
}

/** So long a chat is held back for its words, on a host that does not send them; they are welcome later too. */
const loadTimeoutMs = 3000;

/** A host whose language is set. `asked` is its tag as it stands at the moment: another may have been asked for. */
export interface Learner {
  readonly asked: string;
  learn(language: LoadedLanguage): void;
}

/**
 * Teaches the words of the best language for a tag: its region is no matter, and Chinese is the simplified one. What
 * there are no words for is English, unless `strings` has every word of the chat itself: these are then taken to be of
 * the language of the tag. Rejects when the file of the language does not come; resolves without it after a while.
 */
export async function loadLanguage(learner: Learner, strings: Partial<NovaStrings>): Promise<void> {
  const { asked } = learner;
  const locale = toLocale(asked);
  const language = locale?.language ?? '';
  // `zh-TW` would have the browser draw the signs as they are written there.
  const tag = language === 'zh' ? 'zh-Hans' : String(locale);
  const dir = isRightToLeft(language) ? 'rtl' : 'ltr';
  if (isSpoken(language)) {
    const loading = languages[language]().then(({ words }) => {
      if (learner.asked === asked) learner.learn({ tag, dir, words });
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waiting = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, loadTimeoutMs);
    });
    return Promise.race([loading, waiting]).finally(() => clearTimeout(timer));
  }
  const isOwn = locale && Object.keys(english).every((key) => key in strings);
  if (isOwn) learner.learn({ tag, dir, words: english });
  else learner.learn({ tag: language === 'en' ? tag : 'en', words: english });
}

const isSpoken = (language: string): language is LanguageTag => Object.hasOwn(languages, language);

/** A page may say `de_DE`, and a typing error must not break the chat: `Intl` throws at a tag that is not one. */
function toLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}
