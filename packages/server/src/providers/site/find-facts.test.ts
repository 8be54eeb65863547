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
    ['hello@honey.example', ['email', 'contact']],
    ['01454 555 0142', ['phone', 'contact']],
    ['+49 (0)6201 555-42', ['phone', 'contact']],
    ['Ring (503) 555-0142.', ['phone', 'contact']],
    ['503-555-0142', ['phone', 'contact']],
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
    'IBAN DE89 3704 0044 0532 0130 00, DE02 1203 0000 0000 2020 51',
    '@name and a @ b',
  ])('has none: %s', (text) => {
    expect(findFacts(text, english)).toEqual([]);
  });

  it.each(['1', ' 1', 'A ', '0-', '1 A ', '(555) '])('is not held up by %o over and over', (text) => {
    const before = process.threadCpuUsage();
    expect(findFacts(`${text.repeat(200_000)}x`, english)).toEqual([]);
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1_000);
  });

  it('names them in the language of the page', () => {
    expect(findFacts('12 €, Waldstraße 8', german)).toEqual(['preis', 'adresse']);
    expect(findFacts('12 €', undefined)).toEqual([]);
  });
});
