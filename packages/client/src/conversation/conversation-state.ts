import type { ConversationMessage } from './conversation-message.js';

/** The answer under way. It stands beside `messages`, so that a token costs the same in a long conversation. */
export interface LiveAnswer {
  /** Numbers the request; events of another number are too late and change nothing. */
  readonly run: number;
  readonly message: ConversationMessage;
  /** The former answer that this one takes the place of; it comes back when not a word of the new one arrives. */
  readonly replaced: ConversationMessage | undefined;
}

/** All that a conversation knows. Frozen. */
export interface ConversationState {
  /** Everything but the answer under way, oldest first. */
  readonly messages: readonly ConversationMessage[];
  readonly live: LiveAnswer | undefined;
}

/** A conversation in which nothing has been said. */
export const emptyConversation: ConversationState = Object.freeze({ messages: Object.freeze([]), live: undefined });
