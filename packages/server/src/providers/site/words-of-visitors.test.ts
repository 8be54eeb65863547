import { expect, it } from 'vitest';
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

function ask(site: SiteContent, ...questions: string[]): string[] {
  const parts = createAnswerer(site)(questions.map((content) => ({ role: 'user', content })));
  return parts.map(({ citation }) => citation?.url ?? '');
}

const english = createSite({
  'contact.md': '# Contact\n\nThornbury Honey, 4 Castle Street, Thornbury\n\n01454 555 0142, hello@honey.example',
  'privacy.md':
    '# Privacy\n\nWe keep your name for the tax office. We do not track what you do on the site.\n\n## Delete it\n\nTell us.',
  'shipping.md':
    '# Shipping\n\n## To the islands\n\n£14.50 to Jersey and Guernsey.\n\n## Damaged parcels\n\nDid a jar break on the way? We replace it free of charge.\n\n## Tracking\n\nYou get a number as soon as it has left.',
  'returns.md':
    '# Returns & refunds\n\nA return of closed jars is possible for 30 days.\n\n## When do I get my money back?\n\nIn five days.',
  'heather.md': '# Heather honey\n\nDark and strong.\n\n## Sizes\n\n- 227 g jar: £6.50\n- 3 kg bucket: £45',
  'candles.md': '# Candles\n\nOf our own wax.\n\n## Prices\n\nA pillar is £16.',
  'performance.md': '# Performance\n\nThe hives have 40,000 bees each.',
});

it.each([
  ['How much is delivery to Jersey?', '/shipping#to-the-islands'],
  ['What is your address?', '/contact'],
  ['whats your phone number', '/contact'],
  ['your email address please', '/contact'],
  ['can I talk to a human?', '/contact'],
  ['track my parcel', '/shipping#tracking'],
  ['Do you sell candles?', '/candles'],
  ['do you offer heather honey', '/heather'],
  ['do you have a 3kg bucket', '/heather#sizes'],
  ['when do i get my money back', '/returns#when-do-i-get-my-money-back'],
  ['how fast is it?', '/performance'],
  ['How much is a unicorn?', ''],
  ['What is the address of the king?', ''],
])('finds what a page has, in the words of who asks: %s', (question, url) => {
  expect(ask(english, question)[0]).toBe(url);
});

it.each([
  [['Do you have heather honey?', 'price?'], '/heather#sizes'],
  [['Do you have heather honey?', 'candles?'], '/candles'],
])('takes a word that may be asked of anything for one on the topic: %s', (questions, url) => {
  expect(ask(english, ...questions)[0]).toBe(url);
});

const french = createSite({
  'contact.md': '# Contact et accès\n\n12 rue des Tilleuls, 44000 Nantes. Nous sommes au rez-de-chaussée.',
  'rendez-vous.md': '# Prendre rendez-vous\n\nPar téléphone ou en ligne, et nous vous répondons sous 24 heures.',
  'implants.md': '# Implants\n\nUn implant avec sa couronne est à 1 800 €. La pose prend une heure.',
  'service.md': '# Service 24 heures sur 24\n\nUn numéro est là pour vous.',
  'infos.md': '# Infos pratiques\n\nLe cabinet est ouvert du lundi au samedi.',
});
const german = createSite({
  'buero.md':
    '# Büro\n\nWaldstraße 8, im ersten Stock, 06201 555 42. Die Daten der Mitglieder speichern wir zwei Jahre.',
  'halle.md': '# Sporthalle mieten\n\nMitglieder und ihre Gäste zahlen 150 € am Tag.',
  'yoga.md': '# Yoga\n\nAm Dienstag um 18 Uhr, auch für Anfänger.',
});

it.each([
  ['Quelle est votre adresse ?', french, '/contact'],
  ['où êtes-vous', french, '/contact'],
  ['prendre rdv', french, '/rendez-vous'],
  ['je voudrais un rendez-vous', french, '/rendez-vous'],
  ['Combien coûte un implant ?', french, '/implants'],
  ['proposez-vous des implants', french, '/implants'],
  ['À quelle heure ouvrez-vous ?', french, '/infos'],
  ['Was kostet die Halle?', german, '/halle'],
  ['eure adresse?', german, '/buero'],
  ['wie erreiche ich euch', german, '/buero'],
  ['was speichert ihr', german, '/buero'],
  ['bietet ihr yoga an', german, '/yoga'],
])('%s', (question, site, url) => {
  expect(ask(site, question)[0]).toBe(url);
});

it('quotes a name in one language', () => {
  const villa = createSite({
    'en.md': '# Villa Bremer\n\nThe Villa Bremer is our house by the lake, and it has nine rooms for you.',
    'de.md': '# Villa Bremer\n\nDie Villa Bremer ist unser Haus am See, und es hat neun Zimmer.',
    'fr.md': '# Villa Bremer\n\nLa Villa Bremer est notre maison au bord du lac, avec neuf chambres pour vous.',
  });
  expect(ask(villa, 'Villa Bremer')).toHaveLength(1);
});
