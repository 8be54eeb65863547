import { type Conversation, createConversation } from '@nova-chat/client/conversation';
import type { ChatEvent, Outcome } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toEvents } from './to-events.js';

const text: ChatEvent = { type: 'text-delta', text: 'So.', choice: 0 };
const end = (outcome: Outcome, code?: string): ChatEvent =>
  ({ type: 'end', outcome, error: code ? { code, message: '', retryable: true } : undefined }) as ChatEvent;

/** What a page hears of one conversation in which each of `answers` is played in turn. */
async function hear(answers: ChatEvent[][], play: (conversation: Conversation) => void): Promise<string[]> {
  const heard: string[] = [];
  const conversation = createConversation({
    transport: {
      send: () => ({
        async *[Symbol.asyncIterator]() {
          yield* answers.shift() ?? [];
        },
        stop() {},
      }),
    },
  });
  conversation.subscribe((state, previous) => {
    for (const event of toEvents(state, previous)) {
      heard.push(['outcome', 'error'].reduce((name, key) => name + toDetail(event, key), event.type));
    }
  });
  conversation.send('Why?');
  await new Promise((resolve) => setTimeout(resolve));
  play(conversation);
  await new Promise((resolve) => setTimeout(resolve));
  return heard;
}

function toDetail(event: Event, key: string): string {
  const value: unknown = Reflect.get(event, key);
  if (value === undefined) return '';
  return ` ${typeof value === 'object' ? String(Reflect.get(value ?? {}, 'code')) : String(value)}`;
}

describe('toEvents', () => {
  it.each<[name: string, answers: ChatEvent[][], play: (conversation: Conversation) => void, heard: string[]]>([
    ['an answer', [[text, end('complete')]], () => {}, ['nova-response-start', 'nova-response-end complete']],
    [
      'a cut',
      [[text, end('truncated', 'stream_truncated')]],
      () => {},
      ['nova-response-start', 'nova-response-end truncated', 'nova-error stream_truncated'],
    ],
    ['a cut without a name', [[text]], () => {}, ['nova-response-start', 'nova-response-end truncated']],
    ['a refusal', [[end('failed', 'rate_limited')]], () => {}, ['nova-response-end failed', 'nova-error rate_limited']],
    ['silence', [[]], () => {}, ['nova-response-end failed']],
    [
      'a failed attempt at another answer',
      [[text, end('complete')], [end('failed', 'overloaded')]],
      (conversation) => conversation.regenerate(),
      ['nova-response-start', 'nova-response-end complete', 'nova-response-end failed', 'nova-error overloaded'],
    ],
    [
      'a stopped attempt at another answer',
      [[text, end('complete')], [text]],
      (conversation) => {
        conversation.regenerate();
        conversation.stop();
      },
      ['nova-response-start', 'nova-response-end complete', 'nova-response-end aborted'],
    ],
    [
      'a conversation that is forgotten',
      [[text, end('complete')]],
      (conversation) => conversation.clear(),
      ['nova-response-start', 'nova-response-end complete'],
    ],
  ])('tells of %s', async (_name, answers, play, heard) => {
    expect(await hear(answers, play)).toEqual(heard);
  });
});
