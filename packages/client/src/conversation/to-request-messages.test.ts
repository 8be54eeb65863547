import { describe, expect, it } from 'vitest';
import { type ConversationMessage, createMessage } from './conversation-message.js';
import { toRequestMessages } from './to-request-messages.js';

const question = (more: Partial<ConversationMessage>): ConversationMessage =>
  createMessage({ id: 'q', role: 'user', createdAt: 0, status: 'complete', ...more });
const answer = (more: Partial<ConversationMessage>): ConversationMessage =>
  createMessage({ id: 'a', role: 'assistant', createdAt: 0, status: 'complete', ...more });
const step = { id: 't', name: 'clock', arguments: '{"zone":"UTC"}', status: 'done' as const, result: '12:00' };

describe('toRequestMessages', () => {
  it.each([
    ['a question', question({ text: 'Why?' }), [{ role: 'user', content: 'Why?' }]],
    ['a refused question', question({ text: 'Why?', status: 'failed' }), []],
    ['an answer without a word', answer({ status: 'aborted' }), []],
    ['a broken answer', answer({ text: 'So', status: 'truncated' }), [{ role: 'assistant', content: 'So' }]],
    [
      'an image with a question',
      question({ text: 'What?', attachments: [{ type: 'image', name: 'a.png', url: 'data:,' }] }),
      [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:,' } },
            { type: 'text', text: 'What?' },
          ],
        },
      ],
    ],
    [
      'a file alone',
      question({ attachments: [{ type: 'text', name: 'a.txt', text: 'x' }] }),
      [{ role: 'user', content: [{ type: 'text', text: 'a.txt:\n\nx' }] }],
    ],
    [
      'an answer with a tool',
      answer({ text: 'Noon.', toolSteps: [step, { ...step, id: 'u', status: 'asked', result: undefined }] }),
      [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 't', type: 'function', function: { name: 'clock', arguments: '{"zone":"UTC"}' } }],
        },
        { role: 'tool', tool_call_id: 't', content: '12:00' },
        { role: 'assistant', content: 'Noon.' },
      ],
    ],
  ])('sends %s', (_name, message, expected) => {
    expect(toRequestMessages([message])).toEqual(expected);
  });
});
