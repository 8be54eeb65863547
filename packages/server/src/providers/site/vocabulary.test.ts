import { describe, expect, it } from 'vitest';
import { createVocabulary } from './vocabulary.js';

const once = 'warranti return versandkost paste shipment height deliveri browser konfiguration shortest exit'.split(
  ' ',
);
const vocabulary = createVocabulary(new Map([['ship', 3], ...once.map((term): [string, number] => [term, 1])]), 3);

describe('createVocabulary', () => {
  it('holds a word that stands nowhere for the rarest', () => {
    const rarities = ['nowhere', 'return', 'ship'].map(vocabulary.rarity);
    expect(rarities).toEqual([...rarities].sort((a, b) => b - a));
    expect(new Set(rarities).size).toBe(3);
  });

  it.each([
    ['versand', ['versandkost']],
    ['shipm', ['shipment']],
    ['ship', []],
    ['zzzz', []],
  ])('finds what begins with %s', (term, found) => {
    expect([...vocabulary.findPrefixed(term).keys()]).toEqual(found);
  });

  it.each([
    ['kosten', ['versandkosten']],
    ['versand', []],
    ['versandkosten', []],
    ['arten', []],
  ])('finds what ends with %s', (term, found) => {
    const german = createVocabulary(new Map(['versandkosten', 'garten', 'kosten'].map((word) => [word, 1])), 1);
    expect([...german.findSuffixed(term).keys()]).toEqual(found);
  });

  it.each([
    ['warrenti', ['warranti'], 'a wrong letter'],
    ['retrun', ['return'], 'letters swapped'],
    ['hight', ['height'], 'a letter left out'],
    ['browsser', ['browser'], 'a letter doubled'],
    ['konfiguriration', ['konfiguration'], 'two wrong letters of a long word'],
    ['shortcut', [], 'another word at two letters'],
    ['exist', [], 'a shorter word'],
    ['pasta', [], 'another word at one letter of a short one'],
    ['bowser', ['browser'], 'the first letters only'],
    ['feturn', [], 'the first letter wrong'],
    ['banana', [], 'nothing near'],
    ['ship2', [], 'a number'],
  ])('takes %s for %j: %s', (term, found) => {
    expect([...vocabulary.findMisspelt(term).keys()]).toEqual(found);
  });
});
