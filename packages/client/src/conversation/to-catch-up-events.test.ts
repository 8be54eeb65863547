import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from './chat-transport.js';
import { createMessage } from './conversation-message.js';
import { toCatchUpEvents } from './to-catch-up-events.js';
import { withEvent } from './with-event.js';

describe('toCatchUpEvents', () => {
  const blank = createMessage({ id: 'a', role: 'assistant', createdAt: 0 });
  const citation = { url: 'u', title: 't', start_index: 0, end_index: 1 };
  const events: Exclude<ConversationEvent, { type: 'end' }>[] = [
    { type: 'stream-start', model: 'm' },
    { type: 'reasoning-delta', text: 'Hm.', choice: 0 },
    { type: 'tool-step', step: { id: 't', name: 'find', arguments: '{}', status: 'running' } },
    { type: 'tool-step', step: { id: 't', name: 'find', arguments: '{}', status: 'done', result: '1' } },
    { type: 'text-delta', text: 'One ', choice: 0 },
    { type: 'citation', citation, choice: 0 },
    { type: 'provider-switch', switch: { from: 'a', to: 'b', reason: 'r' } },
    { type: 'text-delta', text: 'two', choice: 0 },
    { type: 'suggestions', suggestions: ['And?'] },
  ];
  const states = [blank];
  for (const event of events) states.push(withEvent(states.at(-1) ?? blank, event));

  it('leads from every state of an answer to every later one', () => {
    for (const [index, from] of states.entries()) {
      for (const to of states.slice(index)) {
        const reached = toCatchUpEvents(from, to).reduce((message, event) => withEvent(message, event as never), from);
        expect(reached).toEqual(to);
      }
    }
  });

  it('takes nothing back', () => {
    const other = createMessage({ ...blank, status: 'streaming', text: 'Two' });
    expect(toCatchUpEvents(createMessage({ ...blank, status: 'streaming', text: 'One' }), other)).toEqual([]);
  });
});
