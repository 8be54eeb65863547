import { describe, expect, it } from 'vitest';
import type { SiteContent } from '../../content/site-content.js';
import { toDocument } from '../../content/to-document.js';
import { createAnswerer } from './create-answerer.js';

function createSite(pages: Record<string, string>): SiteContent {
  return {
    documents: Object.entries(pages).flatMap(
      ([path, text]) => toDocument({ path, format: 'markdown', text, baseUrl: '/' }) ?? [],
    ),
  };
}

const english = {
  'en/bikes.md': '# Bikes for a day\n\nThe rental of a city bike is 12 € a day, and we have helmets for all of you.',
  'en/delivery.md': '# Delivery\n\nWe deliver to the hotels of the town, and it is free from three bikes on.',
  'en/hours.md': '# Opening hours\n\nThe shop is open from 9 to 18 on all days of the week.',
};
const french = {
  'fr/velos.md': '# Location de vélos\n\nLa location est de 12 € par jour, et nous avons des casques pour vous.',
  'fr/livraison.md':
    '# Livraison\n\nNous livrons dans les hôtels de la ville, et la livraison est gratuite dès trois vélos.',
  'fr/horaires.md': '# Horaires\n\nLa boutique est ouverte de 9 h à 18 h tous les jours de la semaine.',
  'fr/xylo.md': '# Le Xylopark\n\nLe Xylopark est à dix minutes, et nous y allons avec vous le samedi.',
};
const german = {
  'de/raeder.md': '# Räder für einen Tag\n\nDie Miete für ein Stadtrad ist 12 € am Tag, und die Helme sind dabei.',
  'de/lieferung.md': '# Lieferung\n\nWir liefern in die Hotels der Stadt, und das ist ab drei Rädern umsonst.',
  'de/anfahrt.md': '# Anfahrt\n\nHammer Straße 112, mit dem Bus bis zum Südpark, und von dort zu Fuß.',
};

function ask(site: SiteContent, ...questions: string[]): { page: string | undefined; text: string } {
  const parts = createAnswerer(site)(questions.map((content) => ({ role: 'user', content })));
  const url = parts[0]?.citation?.url.split('#')[0];
  return {
    page: site.documents.find((document) => document.url === url)?.path,
    text: parts.map(({ text }) => text).join(''),
  };
}

const both = createSite({ ...english, ...french });
const all = createSite({ ...english, ...french, ...german });

describe('a site whose pages are in several languages', () => {
  it.each([
    // A "location" is a rental in French.
    ['Where are you located?', undefined],
    ['How do I get to your location?', undefined],
    ['How much is the rental of a bike?', 'en/bikes.md'],
    ['Quel est le prix de la location ?', 'fr/velos.md'],
    ['Do you deliver to my hotel?', 'en/delivery.md'],
    ['Est-ce que vous livrez dans mon hôtel ?', 'fr/livraison.md'],
    ['address?', undefined],
    // What only another language has is found by its name.
    ['When do you go to the Xylopark?', 'fr/xylo.md'],
  ])('answers in that of the question: %s', (question, page) => {
    for (const site of [both, all]) expect(ask(site, question).page).toBe(page);
  });

  it.each([
    ['Adresse', 'de/anfahrt.md'],
    ['Lieferung?', 'de/lieferung.md'],
    ['livraison', 'fr/livraison.md'],
    ['delivery', 'en/delivery.md'],
  ])('knows whose word it is that stands alone: %s', (question, page) => {
    expect(
      ask(createSite({ ...english, ...german, 'fr/livraison.md': french['fr/livraison.md'] }), question).page,
    ).toBe(page);
  });

  it.each([
    ['What can you do?', 'Bikes for a day', 'Livraison'],
    ['Que peux-tu faire ?', 'Livraison', 'Delivery'],
    ['Was kannst du?', 'Anfahrt', 'Delivery'],
    ['Wer gewinnt die Weltmeisterschaft und wann ist das?', 'Anfahrt', 'Delivery'],
  ])('names its topics in that of the question: %s', (question, own, other) => {
    const { text } = ask(all, question);
    expect(text).toContain(own);
    expect(text).not.toContain(other);
  });

  it('keeps to the language of the conversation', () => {
    expect(ask(both, 'Do you deliver to my hotel?', 'location?').page).toBeUndefined();
    expect(ask(both, 'Est-ce que vous livrez dans mon hôtel ?', 'location ?').page).toBe('fr/velos.md');
  });
});

it('takes a page of another language where there are few of the own', () => {
  const { 'en/bikes.md': bikes } = english;
  const mostly = createSite({
    'bikes.md': bikes,
    ...german,
    'de/xylo.md': '# Der Xylopark\n\nDas ist der Park, in dem wir sind.',
  });
  expect(ask(mostly, 'Where is the Xylopark?').page).toBe('de/xylo.md');
  expect(ask(mostly, 'What can you do?').text).toContain('Anfahrt');
});
