import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.js';

describe('detectLanguage', () => {
  it.each([
    ['How much is the shipping?', 'en'],
    ['Was kostet der Versand?', 'de'],
    ['Combien coûte la livraison ?', 'fr'],
    ['¿Cuánto cuesta el envío?', 'es'],
    ['und wie lange dauert das?', 'de'],
    ['et pour la Suisse ?', 'fr'],
    ['¿y para los escritorios?', 'es'],
    ['Versand', undefined],
    ['', undefined],
    ['配送について教えてください', undefined],
    [
      'Quanto costa la spedizione in Italia e quando arriva il mio pacco se ordino oggi prima delle dodici dal negozio',
      undefined,
    ],
  ])('%s: %s', (text, code) => {
    expect(detectLanguage(text)?.code).toBe(code);
  });
});
