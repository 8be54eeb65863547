import { describe, expect, it } from 'vitest';
import { english } from './languages/english.js';
import { german } from './languages/german.js';
import { toTerms } from './to-terms.js';

describe('toTerms', () => {
  it.each([
    ['stems and drops function words', 'The returns are shipped', english, ['return', 'ship']],
    [
      'identifiers, whole and in parts',
      'OPENAI_API_KEY baseUrl',
      english,
      ['openaiapikei', 'openai', 'api', 'kei', 'baseurl', 'base', 'url'],
    ],
    ['names, whole', 'OpenAI GitHub', english, ['openai', 'github']],
    ['elisions', "don't l'eau", undefined, ['don', 'eau']],
    ['another language', 'Die Versandkosten für Bücher', german, ['versandkost', 'buch']],
    ['accents and case', 'ÉCOLE Straße', undefined, ['ecole', 'strasse']],
    ['full-width letters', 'ＡＢＣ', undefined, ['abc']],
    ['single digits, not single letters', 'a 5 b', undefined, ['5']],
  ])('%s', (_, text, language, terms) => {
    expect(toTerms(text, language)).toEqual(terms);
  });

  it('finds the words of a script without blanks', () => {
    expect(toTerms('配送について', undefined)).toContain('配送');
  });
});
