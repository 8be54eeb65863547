import { expect, it } from 'vitest';
import type { ChatEvent } from '../../protocol/index.js';
import { toParsedChunk } from '../../protocol/index.js';
import { toChatEvents } from './to-chat-events.js';

it.each([
  ['a list', ['When?', 'How?'], [{ type: 'suggestions', suggestions: ['When?', 'How?'] }]],
  ['nothing', undefined, []],
  ['something else than a list', 'When?', []],
])('takes %s as what may be asked next', (_name, suggestions, expected) => {
  const events: ChatEvent[] = [];
  const parsed = toParsedChunk({ choices: [], nova: { suggestions } });
  if (parsed.type === 'chunk') toChatEvents(parsed.chunk, (event) => events.push(event));
  expect(parsed.type).toBe('chunk');
  expect(events).toEqual(expected);
});

it.each([
  ['a text', 'Delivery', 'Delivery'],
  ['nothing', undefined, ''],
  ['something else than a text', { _$litType$: 1, strings: ['<b>'] }, ''],
])('takes %s as the title of a source', (_name, title, expected) => {
  const titles: string[] = [];
  const annotations = [{ type: 'url_citation', url_citation: { url: 'https://a.example/', title } }];
  const parsed = toParsedChunk({ choices: [{ delta: { annotations } }] });
  if (parsed.type === 'chunk') {
    toChatEvents(parsed.chunk, (event) => event.type === 'citation' && titles.push(event.citation.title));
  }
  expect(titles).toEqual([expected]);
});
