import {
  type ChatInput,
  type ChatRun,
  type ChatTransport,
  type ConversationEvent,
  type ConversationMessage,
  createMessage,
  toCatchUpEvents,
} from '@nova-chat/client/conversation';
import { type ContinuedInput, isHeld } from '../shared/continued-input.js';
import { toStoppedStep } from '../shared/to-stopped-step.js';
import { isJoinable, toAddition, toTail } from './join-answer.js';

/**
 * Asks for the rest of an answer. What there is of it comes first, its sources, thoughts and tools too, as if it came again,
 * and nothing of it twice.
 */
export function continueAnswer(next: ChatTransport, input: ChatInput, cut: ConversationMessage): ChatRun {
  const said = cut.text;
  const question = input.messages.findLast(({ role }) => role === 'user')?.content;
  const instruction =
    'Your answer above was cut off. Continue it in the same language and format. ' +
    `Begin by repeating its last words exactly, ${JSON.stringify(toTail(said))}, and go on from there. ` +
    'Do not begin again, and do not mention the cut.' +
    (typeof question === 'string' ? ` The question was: ${question}` : '');
  /** What has come and may still be a repetition. */
  let held: string | undefined = '';
  const request: ContinuedInput = {
    ...input,
    [isHeld]: () => held !== undefined,
    messages: [...input.messages, { role: 'assistant', content: said }, { role: 'user', content: instruction }],
  };
  const run = next.send(request);

  const toolSteps = cut.toolSteps.map(toStoppedStep);

  async function* answer(): AsyncGenerator<ConversationEvent> {
    yield* toCatchUpEvents(createMessage({ id: '', role: 'assistant', createdAt: 0 }), { ...cut, toolSteps });
    for await (const event of run) {
      if (held === undefined || (event.type !== 'text-delta' && event.type !== 'end')) {
        yield event;
        continue;
      }
      if (event.type === 'text-delta') held += event.choice === 0 ? event.text : '';
      if (event.type === 'text-delta' && !isJoinable(said, held)) continue;
      const text = toAddition(said, held);
      held = undefined;
      if (text) yield { type: 'text-delta', text, choice: 0 };
      if (event.type === 'end') yield event;
    }
  }
  return { [Symbol.asyncIterator]: answer, stop: () => run.stop() };
}
