import {
  type ChatInput,
  type ChatRun,
  type ChatTransport,
  type ConversationEvent,
  type ConversationMessage,
  createMessage,
  toCatchUpEvents,
} from '@nova-chat/client/conversation';
import { createContinuationJoiner, RestartedAnswerError, toContinuationPrompt } from '@nova-chat/client/stream';
import { type ContinuedInput, isHeld } from '../shared/continued-input.js';
import { toStoppedStep } from '../shared/to-stopped-step.js';

/**
 * Asks for the rest of an answer. What there is of it comes first, its sources, thoughts and tools too, as if it came again,
 * and nothing of it twice.
 */
export function continueAnswer(next: ChatTransport, input: ChatInput, cut: ConversationMessage): ChatRun {
  const said = cut.text;
  const question = input.messages.findLast(({ role }) => role === 'user')?.content;
  const instruction =
    toContinuationPrompt(said) + (typeof question === 'string' ? ` The question was: ${question}` : '');
  const joiner = createContinuationJoiner(said);
  /** What has come may still be a repetition. */
  let isHolding = true;
  const request: ContinuedInput = {
    ...input,
    [isHeld]: () => isHolding,
    messages: [...input.messages, { role: 'assistant', content: said }, { role: 'user', content: instruction }],
  };
  const run = next.send(request);

  const toolSteps = cut.toolSteps.map(toStoppedStep);

  async function* answer(): AsyncGenerator<ConversationEvent> {
    yield* toCatchUpEvents(createMessage({ id: '', role: 'assistant', createdAt: 0 }), { ...cut, toolSteps });
    for await (const event of run) {
      const isOwn = event.type === 'text-delta' && event.choice === 0;
      if (!isHolding || !(isOwn || event.type === 'end')) {
        yield event;
        continue;
      }
      const text = join(() => (isOwn ? joiner.push(event.text) : joiner.end()));
      isHolding = !text && event.type !== 'end';
      if (text) yield { type: 'text-delta', text, choice: 0 };
      if (event.type === 'end') yield event;
    }
  }
  return { [Symbol.asyncIterator]: answer, stop: () => run.stop() };
}

/** A model that starts over all the same says something else: that stands below. */
function join(push: () => string): string {
  try {
    return push();
  } catch (error) {
    if (error instanceof RestartedAnswerError) return `\n\n${error.text.trimStart()}`;
    throw error;
  }
}
