import { describe, expect, it } from 'vitest';
import { type ConversationMessage, createMessage } from './conversation-message.js';
import { toJson, toMarkdown } from './export-conversation.js';

const ask = (text: string, more: Partial<ConversationMessage> = {}): ConversationMessage =>
  createMessage({ id: 'q', role: 'user', createdAt: 0, status: 'complete', text, ...more });

describe('an exported conversation', () => {
  const messages = [
    ask('Why?', { attachments: [{ type: 'text', name: 'a.txt', text: 'secret' }] }),
    createMessage({
      id: 'a',
      role: 'assistant',
      createdAt: 0,
      status: 'complete',
      text: '**So.**',
      citations: [{ url: 'https://a.test/', title: 'A', start_index: 0, end_index: 1 }],
    }),
  ];

  it('is Markdown that can be read', () => {
    const words = { user: 'You', assistant: 'Assistant', sources: 'Sources' };
    expect(toMarkdown([{ title: 'Why?', messages }], words)).toBe(`# Why?

## You

*1970-01-01T00:00:00.000Z*

*a.txt*

Why?

## Assistant

*1970-01-01T00:00:00.000Z*

**So.**

Sources:

1. A: <https://a.test/>
`);
  });

  it('is JSON in the names of the API', () => {
    const exported: unknown = JSON.parse(toJson([{ title: 'Why?', messages }]));
    expect(exported).toEqual({
      conversations: [
        {
          title: 'Why?',
          messages: [
            {
              role: 'user',
              content: 'Why?',
              created_at: '1970-01-01T00:00:00.000Z',
              status: 'complete',
              attachments: ['a.txt'],
            },
            {
              role: 'assistant',
              content: '**So.**',
              created_at: '1970-01-01T00:00:00.000Z',
              status: 'complete',
              citations: [{ url: 'https://a.test/', title: 'A' }],
            },
          ],
        },
      ],
    });
  });

  it('stands a time that is none', () => {
    expect(toJson([{ title: '', messages: [ask('a', { createdAt: Number.NaN })] }])).toContain('"created_at": ""');
  });
});
