import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent, Outcome } from '../protocol/index.js';
import type { ConversationAction } from './conversation-action.js';
import { conversationReducer } from './conversation-reducer.js';
import { type ConversationState, emptyConversation } from './conversation-state.js';
import { allMessages, canRegenerate, canRetry, canSend, canStop, isWaiting, lastMessage } from './selectors.js';

const rateLimited = { code: 'rate_limited', message: 'Slow down.', retryable: true, status: 429, retryAfterMs: 12_000 };
const failover = { from: 'openai', to: 'site', reason: 'idle_timeout' };
const citation = { start_index: 0, end_index: 3, url: 'https://example.com/a', title: 'A' };

const start: ChatEvent = { type: 'stream-start', model: 'm' };
const text = (words: string): ChatEvent => ({ type: 'text-delta', text: words, choice: 0 });
const end = (outcome: Outcome, error?: typeof rateLimited): ChatEvent => ({ type: 'end', outcome, error }) as ChatEvent;

function askAction(run: number, question?: string): ConversationAction {
  return {
    type: 'ask',
    run,
    answerId: `a${run}`,
    at: run * 1000,
    question: question === undefined ? undefined : { id: `q${run}`, text: question },
  };
}

function reduce(
  actions: readonly ConversationAction[],
  from: ConversationState = emptyConversation,
): ConversationState {
  return actions.reduce(conversationReducer, from);
}

function exchange(run: number, events: readonly ChatEvent[], question: string | null = 'Why?'): ConversationAction[] {
  return [
    askAction(run, question ?? undefined),
    ...events.map((event): ConversationAction => ({ type: 'event', run, event })),
  ];
}

function sketch(state: ConversationState): string[] {
  return allMessages(state).map(({ role, status, text, error }) =>
    [role === 'user' ? 'Q' : 'A', status, JSON.stringify(text), ...(error ? [error.code] : [])].join(' '),
  );
}

describe('conversationReducer', () => {
  it.each<[name: string, actions: ConversationAction[], expected: string[]]>([
    ['shows the question at once', exchange(1, []), ['Q sending "Why?"', 'A sending ""']],
    ['marks the question as taken at the first event', exchange(1, [start]), ['Q complete "Why?"', 'A streaming ""']],
    ['appends text', exchange(1, [start, text('Be'), text('cause')]), ['Q complete "Why?"', 'A streaming "Because"']],
    [
      'takes a text without a start',
      exchange(1, [text('Because'), end('complete')]),
      ['Q complete "Why?"', 'A complete "Because"'],
    ],
    [
      'shows a refusal of the model as its answer',
      exchange(1, [start, { type: 'refusal-delta', text: 'No.', choice: 0 }, end('complete')]),
      ['Q complete "Why?"', 'A complete "No."'],
    ],
    [
      'leaves other choices out',
      exchange(1, [start, text('One'), { type: 'text-delta', text: 'Two', choice: 1 }]),
      ['Q complete "Why?"', 'A streaming "One"'],
    ],
    [
      'marks a refused question and leaves no empty answer',
      exchange(1, [end('failed', rateLimited)]),
      ['Q failed "Why?" rate_limited'],
    ],
    [
      'keeps the partial text of a failure',
      exchange(1, [start, text('Be'), end('failed', rateLimited)]),
      ['Q complete "Why?"', 'A failed "Be" rate_limited'],
    ],
    [
      'keeps an answer that failed after its start without a word',
      exchange(1, [start, end('failed', rateLimited)]),
      ['Q complete "Why?"', 'A failed "" rate_limited'],
    ],
    [
      'keeps the partial text of a truncation',
      exchange(1, [start, text('Be'), end('truncated')]),
      ['Q complete "Why?"', 'A truncated "Be"'],
    ],
    [
      'keeps the partial text of a stop',
      exchange(1, [start, text('Be'), end('aborted')]),
      ['Q complete "Why?"', 'A aborted "Be"'],
    ],
    [
      'keeps the question when stopped before the first byte',
      exchange(1, [end('aborted')]),
      ['Q complete "Why?"', 'A aborted ""'],
    ],
    [
      'says nothing twice when a refused question is asked again',
      [...exchange(1, [end('failed', rateLimited)]), ...exchange(2, [start, text('So')], null)],
      ['Q complete "Why?"', 'A streaming "So"'],
    ],
    [
      'puts a new answer in the place of a broken one',
      [...exchange(1, [start, text('Be'), end('truncated')]), ...exchange(2, [start, text('So')], null)],
      ['Q complete "Why?"', 'A streaming "So"'],
    ],
    [
      'gives the former answer back when the new one fails without a word',
      [...exchange(1, [text('So'), end('complete')]), ...exchange(2, [end('failed', rateLimited)], null)],
      ['Q complete "Why?"', 'A complete "So" rate_limited'],
    ],
    [
      'gives the former answer back when the new one is stopped without a word',
      [...exchange(1, [text('So'), end('complete')]), ...exchange(2, [start, end('aborted')], null)],
      ['Q complete "Why?"', 'A complete "So"'],
    ],
    [
      'ignores a question while an answer is under way',
      [...exchange(1, [start]), askAction(2, 'What?')],
      ['Q complete "Why?"', 'A streaming ""'],
    ],
    [
      'ignores late events of an older run',
      [
        ...exchange(1, [text('So'), end('aborted')]),
        ...exchange(2, [start], 'What?'),
        { type: 'event', run: 1, event: text('late') },
        { type: 'event', run: 1, event: end('failed', rateLimited) },
      ],
      ['Q complete "Why?"', 'A aborted "So"', 'Q complete "What?"', 'A streaming ""'],
    ],
    ['has nothing to ask again in an empty conversation', [askAction(1)], []],
    ['forgets everything', [...exchange(1, [start, text('So')]), { type: 'clear' }], []],
  ])('%s', (_name, actions, expected) => {
    expect(sketch(reduce(actions))).toEqual(expected);
  });

  it('collects each citation once, and remembers a change of provider', () => {
    const cite: ChatEvent = { type: 'citation', citation, choice: 0 };
    const other: ChatEvent = { type: 'citation', citation: { ...citation, url: 'https://example.com/b' }, choice: 0 };
    const state = reduce(
      exchange(1, [start, cite, text('So'), cite, other, { type: 'provider-switch', switch: failover }]),
    );
    expect(lastMessage(state)).toMatchObject({
      citations: [{ url: 'https://example.com/a' }, { url: 'https://example.com/b' }],
      providerSwitch: failover,
    });
  });

  it('keeps the last list of what may be asked next', () => {
    const lists = [['One?'], ['Two?', 'Three?']];
    const state = reduce(
      exchange(1, [start, text('So'), ...lists.map((suggestions) => ({ type: 'suggestions' as const, suggestions }))]),
    );
    expect(lastMessage(state)?.suggestions).toEqual(['Two?', 'Three?']);
  });

  it('keeps reasoning apart from the answer', () => {
    const state = reduce(exchange(1, [{ type: 'reasoning-delta', text: 'Hm.', choice: 0 }, text('So')]));
    expect(lastMessage(state)).toMatchObject({ reasoning: 'Hm.', text: 'So' });
  });

  it('loads a history', () => {
    const { messages } = reduce(exchange(1, [text('So'), end('complete')]));
    expect(reduce([{ type: 'load', messages }]).messages).toEqual(messages);
  });
});

describe('selectors', () => {
  it.each<[name: string, actions: ConversationAction[], says: Record<string, boolean>]>([
    ['nothing said', [], { send: true, stop: false, regenerate: false, retry: false, waiting: false }],
    ['waiting', exchange(1, [start]), { send: false, stop: true, regenerate: false, retry: false, waiting: true }],
    [
      'streaming',
      exchange(1, [text('So')]),
      { send: false, stop: true, regenerate: false, retry: false, waiting: false },
    ],
    [
      'complete',
      exchange(1, [text('So'), end('complete')]),
      { send: true, stop: false, regenerate: true, retry: false, waiting: false },
    ],
    [
      'stopped',
      exchange(1, [text('So'), end('aborted')]),
      { send: true, stop: false, regenerate: true, retry: true, waiting: false },
    ],
    [
      'refused',
      exchange(1, [end('failed', rateLimited)]),
      { send: true, stop: false, regenerate: false, retry: true, waiting: false },
    ],
    [
      'stored while its answer was under way',
      [{ type: 'load', messages: reduce(exchange(1, [text('So')])).messages }],
      { send: true, stop: false, regenerate: false, retry: true, waiting: false },
    ],
  ])('%s', (_name, actions, says) => {
    const state = reduce(actions);
    expect({
      send: canSend(state),
      stop: canStop(state),
      regenerate: canRegenerate(state),
      retry: canRetry(state),
      waiting: isWaiting(state),
    }).toEqual(says);
  });
});

describe('conversationReducer, whatever happens', () => {
  const anyEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
    fc.constant(start),
    fc.string().map(text),
    fc.constant<ChatEvent>({ type: 'citation', citation, choice: 0 }),
    fc.constant<ChatEvent>({ type: 'provider-switch', switch: failover }),
    fc.constant<ChatEvent>({ type: 'suggestions', suggestions: ['Next?'] }),
    fc.constantFrom<Outcome>('complete', 'truncated', 'aborted', 'failed').map((outcome) => end(outcome)),
  );
  const anyStep = fc.oneof(
    { weight: 1, arbitrary: fc.constant<'clear'>('clear') },
    { weight: 4, arbitrary: fc.constantFrom<'ask' | 'again'>('ask', 'again') },
    { weight: 12, arbitrary: fc.record({ back: fc.nat(2), event: anyEvent }) },
  );

  it('stays frozen, keeps the identity of what did not change, and names nothing twice', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let run = 0;
        let state = emptyConversation;
        for (const step of steps) {
          const before = state;
          if (typeof step === 'object') {
            state = conversationReducer(state, { type: 'event', run: run - step.back, event: step.event });
            if (step.back > 0) expect(state).toBe(before);
          } else if (step === 'clear') {
            state = conversationReducer(state, { type: 'clear' });
          } else {
            run += state.live ? 0 : 1;
            state = conversationReducer(state, askAction(run, step === 'ask' ? `Q${run}` : undefined));
          }
          expectSound(before, state);
        }
      }),
    );
  });
});

function expectSound(before: ConversationState, state: ConversationState): void {
  const messages = allMessages(state);
  expect(Object.isFrozen(state) && Object.isFrozen(state.messages) && messages.every(Object.isFrozen)).toBe(true);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  // Only the last exchange may change.
  const settled = before.messages.slice(0, -2);
  expect(state.messages.length === 0 || settled.every((message, index) => state.messages[index] === message)).toBe(
    true,
  );
}

describe('what a message carries beside its text', () => {
  const image = { type: 'image' as const, name: 'a.png', url: 'data:image/png;base64,AA==' };
  const step = { id: 't1', name: 'clock', arguments: '{}', status: 'running' as const };

  it('keeps the attachments of a question', () => {
    const asked = reduce([
      {
        type: 'ask',
        run: 1,
        answerId: 'a',
        at: 0,
        question: { id: 'q', text: 'What is it?', attachments: [image] },
      },
    ]);
    expect(asked.messages[0]?.attachments).toEqual([image]);
  });

  it('keeps each tool of an answer once, as it stands', () => {
    const state = reduce([
      askAction(1, 'When?'),
      { type: 'event', run: 1, event: { type: 'tool-step', step } },
      { type: 'event', run: 1, event: { type: 'tool-step', step: { ...step, id: 't2' } } },
      { type: 'event', run: 1, event: { type: 'tool-step', step: { ...step, status: 'done', result: '12:00' } } },
    ]);
    expect(state.live?.message.toolSteps.map(({ id, status }) => [id, status])).toEqual([
      ['t1', 'done'],
      ['t2', 'running'],
    ]);
  });
});
