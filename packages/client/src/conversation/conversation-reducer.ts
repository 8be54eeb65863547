import type { ChatEvent } from '../protocol/index.js';
import type { ConversationEvent } from './chat-transport.js';
import type { ConversationAction } from './conversation-action.js';
import { type ConversationMessage, createMessage } from './conversation-message.js';
import { type ConversationState, emptyConversation, type LiveAnswer } from './conversation-state.js';
import { withEvent } from './with-event.js';

/** Gives the state after an action; the same object when the action changes nothing. Pure. */
export function conversationReducer(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'load':
      return createState(action.messages.map(toSettled));
    case 'ask':
      return state.live ? state : ask(state, action);
    case 'event':
      return state.live?.run === action.run ? receive(state, state.live, action.event) : state;
    case 'clear':
      return state.live || state.messages.length > 0 ? emptyConversation : state;
  }
}

/** A stored answer that was under way will not continue. A frozen message stays itself. */
function toSettled(message: ConversationMessage): ConversationMessage {
  const isUnderWay = message.status === 'sending' || message.status === 'streaming';
  if (isUnderWay) return createMessage({ ...message, status: 'aborted' });
  return Object.isFrozen(message) ? message : createMessage(message);
}

function ask(state: ConversationState, action: Extract<ConversationAction, { type: 'ask' }>): ConversationState {
  const { run, answerId, at, question } = action;
  const message = createMessage({ id: answerId, role: 'assistant', createdAt: at });
  if (question) {
    const asked = createMessage({ ...question, role: 'user', createdAt: at });
    return createState([...state.messages, asked], { run, message, replaced: undefined });
  }
  const last = state.messages.at(-1);
  if (!last) return state;
  if (last.role === 'assistant') {
    return createState(state.messages.slice(0, -1), { run, message, replaced: last });
  }
  return createState(withLast(state.messages, { status: 'sending', error: undefined }), {
    run,
    message,
    replaced: undefined,
  });
}

function receive(state: ConversationState, live: LiveAnswer, event: ConversationEvent): ConversationState {
  if (event.type === 'end') return endAnswer(state, live, event);
  const message = withEvent(live.message, event);
  if (message === live.message) return state;
  // The first event proves that the question has been taken.
  const messages = live.message.status === 'sending' ? delivered(state.messages) : state.messages;
  return createState(messages, { ...live, message });
}

function endAnswer(
  { messages }: ConversationState,
  { message, replaced }: LiveAnswer,
  end: Extract<ChatEvent, { type: 'end' }>,
): ConversationState {
  const { outcome, finishReason, error } = end;
  if (replaced && message.text === '' && outcome !== 'complete') {
    return createState([...messages, createMessage({ ...replaced, error: error ?? replaced.error })]);
  }
  const refused = message.status === 'sending' && (outcome === 'failed' || outcome === 'truncated');
  if (refused && messages.at(-1)?.role === 'user') {
    return createState(withLast(messages, { status: 'failed', error }));
  }
  return createState([...delivered(messages), createMessage({ ...message, status: outcome, finishReason, error })]);
}

function delivered(messages: readonly ConversationMessage[]): readonly ConversationMessage[] {
  return messages.at(-1)?.status === 'sending' ? withLast(messages, { status: 'complete' }) : messages;
}

function withLast(
  messages: readonly ConversationMessage[],
  change: Partial<ConversationMessage>,
): readonly ConversationMessage[] {
  return messages.map((message, index) =>
    index === messages.length - 1 ? createMessage({ ...message, ...change }) : message,
  );
}

function createState(messages: readonly ConversationMessage[], live?: LiveAnswer): ConversationState {
  return Object.freeze({ messages: Object.freeze(messages), live: live && Object.freeze(live) });
}
