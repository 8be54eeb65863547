import type { ConversationEvent } from './chat-transport.js';
import type { ConversationMessage } from './conversation-message.js';

/**
 * Gives the events that turn one state of an answer into a later one of the same answer. What has been said stays: a
 * text that does not go on where the former one ends adds nothing.
 */
export function toCatchUpEvents(from: ConversationMessage, to: ConversationMessage): ConversationEvent[] {
  const events: ConversationEvent[] = [];
  const reasoning = tail(from.reasoning, to.reasoning);
  if (reasoning) events.push({ type: 'reasoning-delta', text: reasoning, choice: 0 });
  for (const step of to.toolSteps.filter((step) => !from.toolSteps.includes(step))) {
    events.push({ type: 'tool-step', step });
  }
  const text = tail(from.text, to.text);
  if (text) events.push({ type: 'text-delta', text, choice: 0 });
  for (const citation of to.citations.filter((citation) => !from.citations.includes(citation))) {
    events.push({ type: 'citation', citation, choice: 0 });
  }
  const { providerSwitch, suggestions } = to;
  if (providerSwitch && providerSwitch !== from.providerSwitch) {
    events.push({ type: 'provider-switch', switch: providerSwitch });
  }
  if (suggestions && suggestions !== from.suggestions) {
    events.push({ type: 'suggestions', suggestions: [...suggestions] });
  }
  const hasBegun = from.status === 'sending' && to.status !== 'sending';
  return hasBegun && events.length === 0 ? [{ type: 'stream-start', model: '' }] : events;
}

function tail(from: string, to: string): string {
  return to.startsWith(from) ? to.slice(from.length) : '';
}
