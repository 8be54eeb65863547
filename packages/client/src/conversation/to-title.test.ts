import { describe, expect, it } from 'vitest';
import { type ConversationMessage, createMessage } from './conversation-message.js';
import { toTitle } from './to-title.js';

const ask = (text: string, more: Partial<ConversationMessage> = {}): ConversationMessage =>
  createMessage({ id: 'q', role: 'user', createdAt: 0, status: 'complete', text, ...more });

describe('toTitle', () => {
  it.each([
    ['a short question', 'Where is\n my   order?', 'Where is my order?'],
    ['a long one', `${'word '.repeat(20)}`, `${'word '.repeat(11)}word…`],
    ['one without spaces', '注文'.repeat(50), `${'注文'.repeat(30)}…`],
    ['emoji', '👋'.repeat(80), `${'👋'.repeat(60)}…`],
  ])('names a conversation by %s', (_name, question, title) => {
    expect(toTitle([ask(question)])).toBe(title);
  });

  it('names it by a file when there are no words, and not at all when there is nothing', () => {
    expect(toTitle([ask('', { attachments: [{ type: 'text', name: 'a.txt', text: '' }] })])).toBe('a.txt');
    expect(toTitle([])).toBe('');
  });
});
