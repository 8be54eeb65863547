import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { toWords } from './to-words.js';

const maxChars = 2_000;

/** Counts the function words that a language has in a text. */
export function countFunctionWords(text: string, { stopWords }: Language): number {
  return toWords(text.slice(0, maxChars)).filter((word) => stopWords.has(word)).length;
}

/** Names the language in which visitors use the words of a text, or gives undefined when it is not one alone. */
export function guessLanguage(text: string, among: readonly Language[]): Language | undefined {
  const words = toWords(text.slice(0, maxChars));
  const users = among.filter(({ synonyms }) => words.some((word) => synonyms.some((group) => group.includes(word))));
  return users.length === 1 ? users[0] : undefined;
}

/** Names the language of a text by its function words, or gives undefined when none of the known ones stands out. */
export function detectLanguage(text: string): Language | undefined {
  const words = toWords(text.slice(0, maxChars));
  let best: Language | undefined;
  let bestScore = 0;
  let tied = false;
  for (const language of languages) {
    // Each language's own function words count; one that two languages share decides nothing, as both count it.
    const score = words.filter((word) => language.stopWords.has(word)).length;
    if (score > bestScore) {
      best = language;
      bestScore = score;
      tied = false;
    } else if (score === bestScore) tied = true;
  }
  // Long text in an unknown language meets some function word by chance.
  const isChance = words.length > 20 && bestScore / words.length < 0.15;
  return tied || isChance ? undefined : best;
}
