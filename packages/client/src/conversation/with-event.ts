import type { UrlCitation } from '../protocol/index.js';
import type { ConversationEvent } from './chat-transport.js';
import { type ConversationMessage, createMessage } from './conversation-message.js';

/**
 * Gives an answer after one event of its stream; the same object when nothing changes. Only the first choice is
 * shown. Appending is one string concatenation, so a long answer costs what its length says.
 */
export function withEvent(
  message: ConversationMessage,
  event: Exclude<ConversationEvent, { type: 'end' }>,
): ConversationMessage {
  if ('choice' in event && event.choice !== 0) return message;
  const streaming = message.status === 'streaming' ? message : { ...message, status: 'streaming' as const };
  switch (event.type) {
    case 'text-delta':
    // A refusal is the model's answer, in its own words.
    case 'refusal-delta':
      return createMessage({ ...streaming, text: streaming.text + event.text });
    case 'reasoning-delta':
      return createMessage({ ...streaming, reasoning: streaming.reasoning + event.text });
    case 'citation':
      return message.citations.some((known) => isSame(known, event.citation))
        ? message
        : createMessage({ ...streaming, citations: Object.freeze([...message.citations, event.citation]) });
    case 'tool-step': {
      const { step } = event;
      const isKnown = streaming.toolSteps.some(({ id }) => id === step.id);
      const toolSteps = isKnown
        ? streaming.toolSteps.map((known) => (known.id === step.id ? step : known))
        : [...streaming.toolSteps, step];
      return createMessage({ ...streaming, toolSteps: Object.freeze(toolSteps) });
    }
    case 'provider-switch':
      return createMessage({ ...streaming, providerSwitch: event.switch });
    case 'suggestions':
      return createMessage({ ...streaming, suggestions: event.suggestions });
    default:
      return streaming === message ? message : createMessage(streaming);
  }
}

function isSame(one: UrlCitation, other: UrlCitation): boolean {
  return one.url === other.url && one.start_index === other.start_index && one.end_index === other.end_index;
}
