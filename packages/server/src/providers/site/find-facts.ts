import type { Language } from './languages/language.js';

/** Facts that a page has and seldom calls by their name: a question about the price is answered by "€12". */
export type Fact = 'price' | 'address' | 'email' | 'phone' | 'contact';

const amount = String.raw`\d[\d.,]*`;
const streets = '[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Ss]quare|Ave|Blvd|Drive';

const patterns: readonly (readonly [Fact, RegExp])[] = [
  ['price', new RegExp(String.raw`[€£$]\s?${amount}|(?<![\d.,])${amount}\s?(?:€|£|CHF\b|EUR\b|USD\b)`)],
  ['address', new RegExp(String.raw`\d\p{L}?,? (?:\p{Lu}[\p{L}'’-]* ){1,3}(?:${streets})\b`, 'u')],
  ['address', /\d(?:\p{L}| bis)?,? (?:rue|avenue|boulevard|place|quai|impasse|chemin) /u],
  ['address', /\p{L}(?:straße|strasse|str\.|weg|platz|allee|gasse| Straße| Allee| Platz) \d/u],
  ['address', /\b(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo) [^\d\n]{1,40}\d/],
  ['email', /[\w.+-]@[\w-]+\.\w/],
  // The number of an account has blanks as well.
  ['phone', /(?<![\w.,-]|[A-Z]{2}\d\d[\d ]{0,30})(?:\+|0)\d[\d /()-]{6,20}\d(?!\d)/],
  ['phone', /(?<!\d)(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. ]\d{4}(?!\d)/],
];

/** Names the facts that a text has, in the words of its language. */
export function findFacts(text: string, language: Language | undefined): string[] {
  if (language === undefined) return [];
  const facts = new Set(patterns.filter(([, pattern]) => pattern.test(text)).map(([fact]) => fact));
  if (facts.has('email') || facts.has('phone')) facts.add('contact');
  return [...facts].map((fact) => language.facts[fact]);
}
