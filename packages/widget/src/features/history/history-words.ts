import { featureWords, type NovaWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { FeatureHost } from '../feature.js';

/** Says a count in the plural form that the language has for it; the word without a form counts for the others. */
export function countWords(chat: FeatureHost, key: 'newAnswers' | 'conversationsFound', count: number): string {
  const words: NovaWords = featureWords(chat);
  const form = new Intl.PluralRules(chat.language).select(count);
  const template = (words as unknown as Record<string, string>)[`${key}_${form}`] ?? words[`${key}_other`];
  return fill(template, { count: new Intl.NumberFormat(chat.language).format(count) });
}
