import { describe, expect, it } from 'vitest';
import { findFacts } from './find-facts.js';
import { english } from './languages/english.js';
import { german } from './languages/german.js';

describe('findFacts', () => {
  it.each([
    ['It is £6.50.', ['price']],
    ['From $ 12 on', ['price']],
    ['Ab 12,50 € im Monat', ['price']],
    ['4 Castle Street, Thornbury', ['address']],
    ['1420 NW Burnside Ave, Portland', ['address']],
    ['12b, rue des Tilleuls', ['address']],
    ['Hammer Straße 112', ['address']],
    ['Waldstr. 8', ['address']],
    ['Calle de la Luna 3', ['address']],
    ['hello@honey.example', ['email']],
    ['01454 555 0142', ['phone']],
    ['+49 (0)6201 555-42', ['phone']],
    ['Ring (503) 555-0142.', ['phone']],
    ['503-555-0142', ['phone']],
  ])('%s', (text, facts) => {
    expect(findFacts(text, english)).toEqual(facts);
  });

  it.each([
    'On 2026-01-02 at 08:30',
    'It is open from 09.00 - 17.30',
    'Version 1.20.3 of the 24 hours',
    'We have 12 streets and 3 ways',
    'Der Weg 3 ist weg 4 mal',
    'Order 4711-0815',
    '@name and a @ b',
  ])('has none: %s', (text) => {
    expect(findFacts(text, english)).toEqual([]);
  });

  it('names them in the language of the page', () => {
    expect(findFacts('12 €, Waldstraße 8', german)).toEqual(['preis', 'adresse']);
    expect(findFacts('12 €', undefined)).toEqual([]);
  });
});
