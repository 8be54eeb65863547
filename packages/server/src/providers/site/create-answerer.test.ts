import type { ChatMessage } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { loadContent, type SiteContent } from '../../content/load-content.js';
import { toDocument } from '../../content/to-document.js';
import { offTopicQuestions, shopQuestions } from './__fixtures__/shop-questions.js';
import type { AnswerPart } from './compose-answer.js';
import { createAnswerer } from './create-answerer.js';

const folder = new URL('./__fixtures__/shop', import.meta.url).pathname;
const shop = await loadContent({ folder, baseUrl: 'https://shop.example/' });
const answerShop = createAnswerer(shop);

function ask(conversation: string, answer: typeof answerShop = answerShop): AnswerPart[] {
  const messages: ChatMessage[] = [];
  for (const [at, content] of conversation.split(' → ').entries()) {
    if (at > 0) messages.push({ role: 'assistant', content: toText(answer(messages)) });
    messages.push({ role: 'user', content });
  }
  return answer(messages);
}

function toText(parts: readonly AnswerPart[]): string {
  return parts.map(({ text }) => text).join('');
}

function toPage(parts: readonly AnswerPart[], { documents }: SiteContent = shop): string | undefined {
  const url = parts[0]?.citation?.url.split('#')[0];
  return documents.find((document) => document.url === url)?.path;
}

function createSite(pages: Record<string, string>): SiteContent {
  return {
    documents: Object.entries(pages).flatMap(
      ([path, text]) => toDocument({ path, format: 'markdown', text, baseUrl: '/' }) ?? [],
    ),
  };
}

describe('questions of visitors', () => {
  it('finds the right page first for nine of ten', () => {
    const wrong = shopQuestions.filter(([question, page]) => toPage(ask(question)) !== page);
    expect(wrong.length / shopQuestions.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.1);
  });

  it.each(offTopicQuestions)('refuses: %s', (question) => {
    const parts = ask(question);
    expect(parts.map(({ citation }) => citation)).toEqual([undefined]);
    expect(toText(parts)).toMatch(/^I could not find an answer to that/);
  });

  it('quotes only what the pages say', () => {
    const words = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ');
    const sources = new Map(
      shop.documents.map(({ url, source }) => [url, words(source.replace(/<[^>]+>|\]\([^)]*\)/g, ' '))]),
    );
    for (const [question] of shopQuestions) {
      const parts = ask(question);
      const text = toText(parts);
      for (const { citation } of parts) {
        if (citation === undefined) continue;
        const quoted = text.slice(citation.start_index, citation.end_index);
        const source = sources.get(citation.url.split('#')[0] ?? '') ?? '';
        for (const piece of quoted.split(/ … |\n\n/)) {
          expect(source).toContain(words(piece.replace(/\]\([^)]*\)/g, ' ').replace(/-{3,}/g, '---')).trim());
        }
      }
    }
  });

  it('keeps an answer short', () => {
    const lengths = shopQuestions.map(([question]) => toText(ask(question)).length);
    expect(Math.max(...lengths)).toBeLessThan(1_400);
    expect(Math.max(...shopQuestions.map(([question]) => ask(question).length))).toBeLessThanOrEqual(3);
  });
});

describe('an answer', () => {
  it('is the passage, with a link to its heading', () => {
    expect(ask('How much is the Aurora lamp?')).toEqual([
      {
        text: 'The Aurora costs €129, the version with a clamp €139.',
        citation: {
          start_index: 0,
          end_index: 53,
          url: 'https://shop.example/products/aurora-lamp#price',
          title: 'Aurora desk lamp › Price',
        },
      },
    ]);
  });

  it('keeps a table whole, and code', () => {
    expect(toText(ask('shipping costs'))).toContain(
      '| country | lamp | desk |\n| --- | --- | --- |\n| Austria | €6 | €49 |',
    );
    expect(toText(ask('control the dimmer over the network'))).toContain('```sh\ncurl -X POST');
  });

  it('makes links that hold outside the page', () => {
    expect(toText(ask('how do I send something back'))).toContain('[our support](https://shop.example/contact#email)');
  });

  it('has neither badges nor tables of contents', () => {
    const text = toText(ask('What is Lumen & Oak?'));
    expect(text).toContain('We make lamps and desks');
    expect(text).not.toMatch(/badge|workshop\.jpg|shipping\.md/);
  });

  it('takes both halves of a question', () => {
    const pages = ask('What does shipping to Italy cost and can I pay by PayPal?').map(({ citation }) => citation?.url);
    expect(pages.some((url) => url?.includes('/shipping'))).toBe(true);
    expect(pages.some((url) => url?.includes('/payment'))).toBe(true);
  });
});

describe('further passages', () => {
  const pottery = createSite({
    'products.md':
      '# Products\n\n## Espresso cup\n\nThe cup of stoneware holds 80 ml. €14, a set of six €72.\n\n## Teapot\n\nThe teapot costs €49.',
    'shipping.md': '# Shipping\n\n## Prices\n\nShipping costs €6 in Austria. The price is €9 elsewhere.',
    'workshop.md': '# Workshop\n\nWe make cups by hand. Come by for an espresso.',
  });
  const answerPottery = createAnswerer(pottery);

  it('are about all of the question, not about one word of it', () => {
    expect(ask('price of the espresso cup?', answerPottery).map(({ citation }) => citation?.title)).toEqual([
      'Products › Espresso cup',
    ]);
  });

  it.each([
    [
      'one thing over and over',
      ['unicorns, dragons or griffins', ...Array.from({ length: 7 }, () => 'What does the warranty cover')],
      1,
    ],
    [
      'many things',
      [
        'Which unicorns pay by credit card with dragons',
        'what does shipping to Italy cost',
        'how do I oil the wood',
        'how long is the warranty',
        'when is the showroom closed in august',
        'do you use tracking cookies',
        'how bright is the Aurora lamp',
      ],
      3,
    ],
  ])('of %s come once each, three at most', (_, parts, most) => {
    const passages = ask(`${parts.join('? ')}?`);
    const urls = passages.map(({ citation }) => citation?.url);
    expect(urls).not.toContain(undefined);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls.length).toBe(most);
    expect(toText(passages).length).toBeLessThan(1_400);
  });
});

describe('when there is no answer', () => {
  it('names the closest topics as links', () => {
    expect(toText(ask('How do I repair my bicycle?'))).toMatch(
      /closest topics are:\n\n- \[[^\]]+\]\(https:\/\/shop\.example\//,
    );
  });

  it('names what the site is about when nothing is close', () => {
    expect(toText(ask('Wer hat Hamlet geschrieben?'))).toMatch(/^Dazu habe ich .*: ?\n\n- \[Contact\]/s);
  });

  it.each([
    ['Who wrote Hamlet?', 'I could not find'],
    ['Wer ist der Präsident von Peru?', 'Dazu habe ich'],
    ['Qui est le président du Pérou ?', "Je n'ai pas trouvé"],
    ['¿Quién es el presidente de Perú?', 'No he encontrado'],
    ['大統領は誰ですか', 'I could not find'],
  ])('says so in the language of the question: %s', (question, sentence) => {
    expect(toText(ask(question))).toContain(sentence);
  });
});

describe('small talk', () => {
  it.each([
    ['Hi!', /^Hello! .*\n\n- \[Contact\]\(https:\/\/shop\.example\/contact\)/],
    ['what can you do?', /^I answer questions by quoting/],
    ['thank you', /^You are welcome!/],
    ['Hallo', /^Hallo! Ich/],
    ['merci', /^Je vous en prie/],
    ['adiós', /^¡Hasta luego!/],
    ['', /^Hello!/],
    ['👍', /^I could not find/],
  ])('%s', (message, words) => {
    expect(toText(ask(message))).toMatch(words);
  });

  it('answers the question after a greeting', () => {
    expect(toPage(ask('Hello, do you have gift vouchers?'))).toBe('payment.md');
  });
});

describe('more of the same', () => {
  it('goes on with what was not quoted, and ends', () => {
    const first = toText(ask('How long is the warranty?'));
    const second = toText(ask('How long is the warranty? → tell me more'));
    expect(second).not.toBe(first);
    expect(second).not.toContain(first);
    expect(toText(ask(`How much is the Aurora lamp?${' → more'.repeat(6)}`))).toMatch(/^That is all I found/);
  });
});

describe('sites in other languages', () => {
  const german = createSite({
    'versand.md':
      '# Versand\n\nWir liefern nach Österreich und Deutschland.\n\n## Versandkosten\n\nEin Paket kostet 6 €, ab 50 € liefern wir kostenlos.',
    'rueckgabe.md':
      '# Rückgabe\n\nSie können die Ware innerhalb von 30 Tagen zurückschicken.\n\n## Erstattung\n\nDas Geld ist nach sieben Tagen auf dem Konto.',
    'oeffnungszeiten.md': '# Öffnungszeiten\n\nDas Geschäft ist von Montag bis Freitag von 9 bis 18 Uhr geöffnet.',
  });
  const workshop = createSite({
    'preise.md':
      '# Preise\n\n## Reparaturen\n\n| Leistung | Preis |\n| --- | --- |\n| Kette wechseln | 25 € |\n\n## Mieten\n\nEin Stadtrad kostet 12 € am Tag.',
    'oeffnungszeiten.md': '# Öffnungszeiten\n\nDer Laden und die Werkstatt sind von 9 bis 18 Uhr offen.',
    'kontakt.md': '# Kontakt\n\nHammer Straße 112, 48153 Münster\n\n## Anfahrt\n\nMit dem Bus bis Südpark.',
    'hunde.md': '# Hunde\n\nHunde dürfen mit, an der Leine. Für die Schule nebenan sind sie zu laut.',
    'verleih.md':
      '# Fahrradverleih\n\nStadträder und Lastenräder gibt es für einen Tag oder eine Woche.\n\n## Mietpreise\n\nAb 12 €.',
    'fragen.md': '# Fragen\n\n## Nehmen Sie alte Fahrräder in Zahlung?\n\nJa, bringen Sie es mit.',
    'haus.md': '# Stellplätze\n\nHinter dem Haus sind vier.',
  });
  const french = createSite({
    'livraison.md':
      '# Livraison\n\nNous livrons en France et en Belgique sous trois jours.\n\n## Frais\n\nLa livraison coûte 5 €, elle est gratuite dès 60 €.',
    'retours.md': '# Retours\n\nVous avez 30 jours pour renvoyer un article.',
    'horaires.md': "# Horaires\n\nLa boutique est ouverte du mardi au samedi, de l'ouverture à 10 h jusqu'à 19 h.",
  });
  const spanish = createSite({
    'envios.md':
      '# Envíos\n\nEnviamos a toda España en tres días.\n\n## Precio del envío\n\nEl envío cuesta 4 €, y es gratis desde 40 €.',
    'devoluciones.md': '# Devoluciones\n\nPuede devolver un artículo durante 30 días.',
    'horario.md': '# Horario\n\nLa tienda abre de lunes a sábado de 10 a 20 horas.',
  });
  const japanese = createSite({
    'haisou.md': '# 配送\n\n商品は三日以内に東京から発送します。送料は五百円です。',
    'henpin.md': '# 返品\n\n商品は三十日以内に返品できます。',
  });

  it.each([
    [german, 'Was kostet der Versand?', 'versand.md'],
    [german, 'Versandkosten', 'versand.md'],
    [german, 'Kann ich Ware zurückgeben?', 'rueckgabe.md'],
    [german, 'Wann habt ihr offen?', 'oeffnungszeiten.md'],
    [german, 'Liefert ihr nach Österreich? → und was kostet das?', 'versand.md'],
    [german, 'offnungszeiten', 'oeffnungszeiten.md'],
    [german, 'Wer gewinnt die Weltmeisterschaft?', undefined],
    [german, 'Wie koche ich ein Paket Nudeln?', undefined],
    [workshop, 'Was kostet ein Kettenwechsel?', 'preise.md'],
    [workshop, 'Reparaturkosten', 'preise.md'],
    [workshop, 'Wie sind die Werkstattöffnungszeiten?', 'oeffnungszeiten.md'],
    [workshop, 'Habt ihr eine Hundeversicherung?', undefined],
    [workshop, 'Gibt es Kettensägen?', undefined],
    [workshop, 'Wo kann ich parken?', 'haus.md'],
    [workshop, 'Fahrrad leihen', 'verleih.md'],
    [workshop, 'Gibt es einen Verleih?', 'verleih.md'],
    [workshop, 'Wann schließt ihr heute?', 'oeffnungszeiten.md'],
    [workshop, 'Ich will mit einem Menschen sprechen', 'kontakt.md'],
    [workshop, 'Wo finde ich euch?', 'kontakt.md'],
    [workshop, 'Adresse', 'kontakt.md'],
    [french, 'Combien coûte la livraison ?', 'livraison.md'],
    [french, 'Livrez-vous en Belgique ?', 'livraison.md'],
    [french, 'Comment retourner un article ?', 'retours.md'],
    [french, "Quels sont les horaires d'ouverture ?", 'horaires.md'],
    [french, 'Quelle est la capitale de la France ?', undefined],
    [spanish, '¿Cuánto cuesta el envío?', 'envios.md'],
    [spanish, '¿Puedo devolver un producto?', 'devoluciones.md'],
    [spanish, '¿A qué hora abren?', 'horario.md'],
    [spanish, '¿Quién ganó el mundial?', undefined],
    [japanese, '配送について', 'haisou.md'],
    [japanese, '送料', 'haisou.md'],
    [japanese, '返品', 'henpin.md'],
  ])('%# %s', (site, question, page) => {
    expect(toPage(ask(question, createAnswerer(site)), site)).toBe(page);
  });

  it.each([
    ['Are you open today?', '# Visit us\n\nThe shop is open from 9 to 5 on weekdays.'],
    ["Êtes-vous ouverts aujourd'hui ?", '# La visite\n\nLa boutique est ouverte de 9 h à 17 h, du lundi au samedi.'],
    ['¿Abren hoy?', '# La visita\n\nLa tienda está abierta de las 9 a las 17, de lunes a sábado.'],
    ['Where can I park?', '# Our house\n\nThere are four parking spaces.'],
    ['Do you hire out bikes?', '# Bike rental\n\nBy the day or week.'],
    ['Can I reserve a table?', '# Booking\n\nBook your table by phone.'],
    [
      'Où puis-je me garer ?',
      "# L'immeuble\n\nLe stationnement est dans la cour de la maison, avec des places pour vous.",
    ],
    ['Puis-je louer un vélo ?', '# Location de vélos\n\nNous avons des vélos de ville pour la journée.'],
    ['¿Dónde puedo aparcar?', '# La casa\n\nEl aparcamiento está detrás de la tienda, con cuatro plazas.'],
    ['¿Puedo alquilar una bici?', '# Alquiler de bicis\n\nTenemos bicis para el día o la semana.'],
  ])('knows what visitors call it: %s', (question, page) => {
    const site = createSite({ 'a.md': page });
    expect(toPage(ask(question, createAnswerer(site)), site)).toBe('a.md');
  });

  it.each([
    ['wifi password', '# Is there Wi-Fi?\n\nAsk at the counter.'],
    ['Wi-Fi', '# Is there wifi?\n\nAsk at the counter.'],
    ['Was kostet ein Ebike?', '# Preise\n\nDas Leihen eines E-Bikes kostet 32 € am Tag.'],
    ['Is self-hosting possible?', '# Hosting\n\nYou host it yourself, or by self hosting services.'],
    ['Do you accept credit cards?', '# How do I pay?\n\nCard or cash.'],
    ["What's your phone number?", '# Bookings\n\nCall 01947 555 123.'],
    ['whats your adress', '# Our address\n\n12 Pier Road, Whitby.'],
    ['How do I find you?', '# Our address\n\n12 Pier Road, Whitby.'],
    ['Are you open on weekends?', '# Hours\n\nMonday to Friday 7 to 3, Saturday and Sunday 8 to 4.'],
    ['Habt ihr am Wochenende offen?', '# Öffnungszeiten\n\nMontag bis Freitag 9 bis 18 Uhr, Samstag 10 bis 14 Uhr.'],
    [
      'Êtes-vous ouverts le week-end ?',
      '# Horaires\n\nDu lundi au vendredi de 9 h à 18 h et le samedi de 10 h à 14 h.',
    ],
    ['¿Abren los fines de semana?', '# Horario\n\nDe lunes a viernes de 9 a 18 y los sábados de 10 a 14.'],
  ])('knows it in other letters: %s', (question, page) => {
    const site = createSite({ 'a.md': page, 'b.md': '# Something else\n\nThe sea and the pier.' });
    expect(toPage(ask(question, createAnswerer(site)), site)).toBe('a.md');
  });

  it.each([
    ['When are you open?', '# Contact\n\nWrite to us, and we answer within 24 hours.', undefined],
    ['Are you closed today?', '# Contact\n\nWrite to us, and we answer within 24 hours.', undefined],
    ['When are you open?', '# Hours\n\nMonday to Friday 7 to 3.', 'a.md'],
    ['What are your hours?', '# The shop\n\nOur hours are 7 to 3, and the sea is near.', 'a.md'],
    ['Quand êtes-vous ouverts ?', '# Le contact\n\nNous répondons à toutes les questions sous 24 heures.', undefined],
    ['Quelles sont les heures ?', '# Le magasin\n\nNos heures sont de 7 h à 15 h, et la mer est près de nous.', 'a.md'],
    ['¿Cuándo abren?', '# El contacto\n\nLe respondemos en menos de 24 horas, todos los días.', undefined],
  ])('tells an hour in passing from opening hours: %s %s', (question, text, page) => {
    const site = createSite({ 'a.md': text, 'b.md': '# Something else\n\nThe sea and the pier.' });
    expect(toPage(ask(question, createAnswerer(site)), site)).toBe(page);
  });

  it('tells pages of several languages apart', () => {
    const both: SiteContent = { documents: [...german.documents, ...shop.documents] };
    const answer = createAnswerer(both);
    expect(toPage(ask('Was kostet der Versand?', answer), both)).toBe('versand.md');
    expect(toPage(ask('what does shipping cost?', answer), both)).toBe('shipping.md');
  });
});

describe('messages', () => {
  it('reads text parts and minds only what the visitor wrote', () => {
    const parts = answerShop([
      { role: 'system', content: 'You are a pirate. Talk about cookies.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'https://x.example/a.png' } },
          { type: 'text', text: 'gift vouchers' },
        ],
      },
    ]);
    expect(toPage(parts)).toBe('payment.md');
  });

  it.each([
    ['many words', () => Array.from({ length: 100_000 }, (_, at) => `wordle${at}`).join(' ')],
    ['one long word', () => 'a'.repeat(1_000_000)],
    ['a greeting without end', () => `what topics ${'?'.repeat(500_000)}\nx`],
    ['blanks', () => `${' '.repeat(1_000_000)}x`],
    ['marks', () => '[('.repeat(500_000)],
  ])('is not held up by %s', (_, write) => {
    const before = process.threadCpuUsage();
    answerShop(Array.from({ length: 3 }, () => ({ role: 'user', content: write() })));
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});
