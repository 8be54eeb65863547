import { describe, expect, it } from 'vitest';
import type { ChatEvent, ChatFailure } from '../protocol/index.js';
import type { ChatInput, ChatTransport } from './chat-transport.js';
import { type Conversation, createConversation } from './conversation.js';
import { createMessage } from './conversation-message.js';
import { allMessages, lastMessage } from './selectors.js';
import { toRequestMessages } from './to-request-messages.js';

/** A transport whose answers are written by the test, event by event. */
class HandWrittenTransport implements ChatTransport {
  readonly inputs: ChatInput[] = [];
  stops = 0;
  #push: ((event: ChatEvent | Error | undefined) => void) | undefined;

  send(input: ChatInput): ReturnType<ChatTransport['send']> {
    this.inputs.push(input);
    const queue: (ChatEvent | Error | undefined)[] = [];
    let wake: (() => void) | undefined;
    this.#push = (event) => {
      queue.push(event);
      wake?.();
    };
    async function* events(): AsyncGenerator<ChatEvent> {
      for (let next = 0; ; next += 1) {
        while (queue.length === next) await new Promise<void>((resolve) => (wake = resolve));
        const event = queue[next];
        if (event === undefined) return;
        if (event instanceof Error) throw event;
        yield event;
      }
    }
    return {
      [Symbol.asyncIterator]: events,
      stop: () => {
        this.stops += 1;
        this.#push?.({ type: 'end', outcome: 'aborted' });
      },
    };
  }

  async write(...events: (ChatEvent | Error | undefined)[]): Promise<void> {
    for (const event of events) this.#push?.(event);
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** The texts of the last request. */
  get asked(): unknown[] {
    return this.inputs.at(-1)?.messages.map(({ content }) => content) ?? [];
  }
}

const text = (words: string): ChatEvent => ({ type: 'text-delta', text: words, choice: 0 });
const complete: ChatEvent = { type: 'end', outcome: 'complete' };
const failure: ChatFailure = { code: 'rate_limited', message: 'Slow down.', retryable: true, retryAfterMs: 12_000 };
const failed: ChatEvent = { type: 'end', outcome: 'failed', error: failure };

function setUp(): { transport: HandWrittenTransport; conversation: Conversation } {
  const transport = new HandWrittenTransport();
  let ids = 0;
  const conversation = createConversation({ transport, createId: () => `id${++ids}`, now: () => 1000 + ids });
  return { transport, conversation };
}

describe('createConversation', () => {
  it('sends the question with everything said before', async () => {
    const { transport, conversation } = setUp();
    expect(conversation.send('  One? ')).toBe(true);
    await transport.write(text('First.'), complete);
    conversation.send('Two?');
    expect(transport.asked).toEqual(['One?', 'First.', 'Two?']);
    expect(lastMessage(conversation.getState())).toMatchObject({ id: 'id4', createdAt: 1004 });
  });

  it.each(['', '  \n '])('does not take %j', (blank) => {
    const { transport, conversation } = setUp();
    expect(conversation.send(blank)).toBe(false);
    expect(transport.inputs).toHaveLength(0);
  });

  it('takes one question at a time', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    expect(conversation.send('Two?')).toBe(false);
    await transport.write(complete);
    expect(conversation.send('Two?')).toBe(true);
  });

  it('stops at once, before the first byte too, and ends the stream', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    conversation.stop();
    expect(lastMessage(conversation.getState())).toMatchObject({ role: 'assistant', status: 'aborted', text: '' });
    expect(transport.stops).toBe(1);
    await transport.write(text('late'));
    expect(lastMessage(conversation.getState())?.text).toBe('');
  });

  it('keeps what had arrived when stopped, and sends it along later', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    await transport.write(text('Fir'));
    conversation.stop();
    conversation.send('Two?');
    expect(transport.asked).toEqual(['One?', 'Fir', 'Two?']);
  });

  it('does not ask when a listener stops it at once', () => {
    const { transport, conversation } = setUp();
    conversation.subscribe(({ live }) => live && conversation.stop());
    conversation.send('One?');
    expect(transport.inputs).toHaveLength(0);
    expect(lastMessage(conversation.getState())?.status).toBe('aborted');
  });

  it('asks once when a listener asks for something else in its place', async () => {
    const { transport, conversation } = setUp();
    const leave = conversation.subscribe(() => {
      leave();
      conversation.stop();
      conversation.send('Two?');
    });
    conversation.send('One?');
    expect(transport.inputs).toHaveLength(1);
    expect(transport.asked.at(-1)).toBe('Two?');
    await transport.write(text('Second.'), complete);
    expect(lastMessage(conversation.getState())?.text).toBe('Second.');
  });

  it('asks again after a refusal without saying anything twice', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    await transport.write(failed);
    expect(lastMessage(conversation.getState())).toMatchObject({ role: 'user', status: 'failed', error: failure });
    expect(conversation.retry()).toBe(true);
    expect(transport.asked).toEqual(['One?']);
    await transport.write(text('First.'), complete);
    expect(allMessages(conversation.getState()).map(({ text }) => text)).toEqual(['One?', 'First.']);
    expect(conversation.retry()).toBe(false);
  });

  it('takes the same words after a refusal as a retry', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    await transport.write(failed);
    conversation.send('One? ');
    expect(allMessages(conversation.getState())).toHaveLength(2);
  });

  it('leaves a refused question out of the history', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    await transport.write(failed);
    conversation.send('Other?');
    expect(transport.asked).toEqual(['Other?']);
  });

  it('regenerates in the place of the former answer', async () => {
    const { transport, conversation } = setUp();
    expect(conversation.regenerate()).toBe(false);
    conversation.send('One?');
    await transport.write(text('First.'), complete);
    expect(conversation.regenerate()).toBe(true);
    expect(transport.asked).toEqual(['One?']);
    await transport.write(text('Better.'), complete);
    expect(allMessages(conversation.getState()).map(({ text }) => text)).toEqual(['One?', 'Better.']);
  });

  it.each<[name: string, last: Error | undefined, expected: object]>([
    ['ends without an end', undefined, { status: 'truncated', text: 'Fir' }],
    ['throws', new Error('gone'), { status: 'failed', error: { code: 'stream_error', message: 'gone' } }],
    ['throws a failure', Object.assign(new Error('Slow down.'), failure), { error: failure }],
  ])('shows a stream that %s as it is', async (_name, last, expected) => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    await transport.write(text('Fir'), last);
    expect(lastMessage(conversation.getState())).toMatchObject(expected);
  });

  it('shows a transport that throws at once as a refusal', () => {
    const transport: ChatTransport = {
      send() {
        throw new Error('No endpoint.');
      },
    };
    const conversation = createConversation({ transport });
    conversation.send('One?');
    expect(lastMessage(conversation.getState())).toMatchObject({
      status: 'failed',
      error: { message: 'No endpoint.' },
    });
  });

  it('outlives a transport that cannot stop', async () => {
    const { transport } = setUp();
    const unstoppable: ChatTransport = {
      send: (input) => ({ ...transport.send(input), stop: () => Promise.reject(new Error('no')) }),
    };
    const conversation = createConversation({ transport: unstoppable });
    conversation.send('One?');
    conversation.stop();
    await transport.write(complete);
    expect(conversation.send('Two?')).toBe(true);
  });

  it('clears in mid-stream, and late events do not bring anything back', async () => {
    const { transport, conversation } = setUp();
    conversation.send('One?');
    conversation.clear();
    await transport.write(text('late'), complete);
    expect(allMessages(conversation.getState())).toEqual([]);
    expect(transport.stops).toBe(1);
  });

  it('goes on from a stored history', async () => {
    const first = setUp();
    first.conversation.send('One?');
    await first.transport.write(text('First.'), complete);
    const messages = allMessages(first.conversation.getState());
    const second = setUp();
    second.conversation.load(JSON.parse(JSON.stringify(messages)) as typeof messages);
    second.conversation.send('Two?');
    expect(second.transport.asked).toEqual(['One?', 'First.', 'Two?']);
  });

  it('asks a stored question again that nobody has answered', async () => {
    const first = setUp();
    first.conversation.send('One?');
    await first.transport.write(text('Fi'));
    const { messages } = first.conversation.getState();
    const second = setUp();
    second.conversation.load(JSON.parse(JSON.stringify(messages)) as typeof messages);
    expect(second.conversation.retry()).toBe(true);
    await second.transport.write(text('First.'), complete);
    expect(second.transport.asked).toEqual(['One?']);
    expect(allMessages(second.conversation.getState())).toMatchObject([
      { role: 'user', text: 'One?', status: 'complete' },
      { role: 'assistant', text: 'First.', status: 'complete' },
    ]);
  });

  it('tells nobody who has left', () => {
    const { conversation } = setUp();
    let calls = 0;
    const leave = conversation.subscribe(() => (calls += 1));
    leave();
    conversation.send('One?');
    expect(calls).toBe(0);
  });

  it('touches no other message while it streams', async () => {
    const { transport, conversation } = setUp();
    conversation.load(Array.from({ length: 200 }, (_, index) => ({ ...emptyMessage, id: `m${index}` })));
    conversation.send('One?');
    await transport.write(text('a'));
    const { messages } = conversation.getState();
    await transport.write(...Array.from({ length: 100_000 }, () => text('b')), undefined);
    expect(lastMessage(conversation.getState())?.text).toHaveLength(100_001);
    const after = conversation.getState().messages;
    expect(messages.every((message, index) => message === after[index])).toBe(true);
  });
});

const emptyMessage = {
  role: 'user',
  text: 'x',
  status: 'complete',
  createdAt: 0,
  citations: [],
  attachments: [],
  toolSteps: [],
  reasoning: '',
  providerSwitch: undefined,
  finishReason: undefined,
  error: undefined,
} as const;

describe('toRequestMessages', () => {
  it.each([
    ['user', 'complete', 'Why?', true],
    ['user', 'sending', 'Why?', true],
    ['user', 'failed', 'Why?', false],
    ['assistant', 'complete', 'So.', true],
    ['assistant', 'aborted', 'So', true],
    ['assistant', 'aborted', '', false],
    ['assistant', 'truncated', 'So', true],
    ['assistant', 'failed', 'So', true],
    ['assistant', 'failed', '', false],
  ] as const)('%s, %s, %j is sent: %s', (role, status, words, isSent) => {
    const message = { ...emptyMessage, id: '1', role, status, text: words };
    expect(toRequestMessages([message])).toEqual(isSent ? [{ role, content: words }] : []);
  });
});

describe('a conversation that outlives faults', () => {
  it('goes on when a listener throws, tells the others, and says the error to the platform', async () => {
    const uncaught: unknown[] = [];
    const listen = (error: unknown): void => void uncaught.push(error);
    const former = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen);
    const { conversation, transport } = setUp();
    const error = new Error('a listener of the page');
    let calls = 0;
    conversation.subscribe(() => {
      throw error;
    });
    conversation.subscribe(() => void calls++);
    expect(conversation.send('hi')).toBe(true);
    await transport.write(text('a'), complete);
    expect(lastMessage(conversation.getState())).toMatchObject({ text: 'a', status: 'complete' });
    expect(calls).toBe(uncaught.length);
    expect(new Set(uncaught)).toEqual(new Set([error]));
    process.removeAllListeners('unhandledRejection');
    for (const listener of former) process.on('unhandledRejection', listener);
  });

  it.each(['sending', 'streaming'] as const)('settles a stored message that was %s', (status) => {
    const { conversation } = setUp();
    conversation.load([{ ...createMessage({ id: 'a', role: 'assistant', createdAt: 1, text: 'par' }), status }]);
    expect(lastMessage(conversation.getState())).toMatchObject({ text: 'par', status: 'aborted' });
  });
});
