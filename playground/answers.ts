/** A short answer with one of everything that a sentence can hold. */
export const shortAnswer: string =
  'Nova Chat is a **chat for web pages**. It answers from your own content, works with `npm start` and no key, and ' +
  'shows [where each answer comes from](https://example.com/docs).';

/** Every kind of block, long enough to scroll. */
export const longAnswer: string = `## A tour of the answer

Text arrives word by word, and **finished blocks do not move**. Here is a list:

- the bubble in the corner
- the panel, with
  1. a log
  2. a composer
- and *you*

### Code

\`\`\`ts
import { createClient } from '@nova-chat/client';

const nova = createClient({ baseUrl: 'http://127.0.0.1:8787' });
for await (const event of nova.chat.stream({ messages: [{ role: 'user', content: 'Hello' }] })) {
  if (event.type === 'text-delta') process.stdout.write(event.text);
}
\`\`\`

### A table

| plan | price | answers a month |
| :--- | ---: | ---: |
| Starter | 0 € | 1,000 |
| Team | 29 € | 25,000 |
| Company | 190 € | unlimited, with a contract that somebody has to sign |

> A quote: "An answer that does not break."

1. First, a numbered list.
2. Then a very long word that has to wrap somewhere: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.
3. At last a bare address, https://example.com/a/rather/long/path?with=a&query=string.

---

<b>Raw HTML</b> is shown as text, and ![a remote picture](https://example.com/picture.png) is not loaded.

That is all there is to see.`;

/** Right to left. */
export const arabicAnswer: string =
  'نوفا تشات هي **دردشة لصفحات الويب**. تجيب من محتوى موقعك، وتعرض مصادر كل إجابة.\n\n- خفيفة\n- سريعة\n- آمنة\n';

/** The sources of the answer with citations. */
export const citations: { title: string; url: string }[] = [
  { title: 'Getting started', url: 'https://example.com/docs/getting-started' },
  { title: 'Frequently asked questions: What does it cost?', url: 'https://example.com/docs/faq#cost' },
];

/** What a model thinks before the short answer. */
export const thoughts: string =
  'The visitor wants to know what this is. One sentence says it: a chat for web pages. Then where the answers come ' +
  'from, since nobody trusts an answer without a source. No need for a list here.';
