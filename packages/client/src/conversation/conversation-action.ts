import type { ConversationEvent } from './chat-transport.js';
import type { Attachment, ConversationMessage } from './conversation-message.js';

/** Everything that can happen to a conversation. Ids and times are inside, which keeps the reducer pure. */
export type ConversationAction =
  /** Puts a stored history in the place of everything. */
  | { readonly type: 'load'; readonly messages: readonly ConversationMessage[] }
  /**
   * Begins an answer: to `question`, or without one to the last question again, in the place of its former answer.
   * `at` is in milliseconds since 1970.
   */
  | {
      readonly type: 'ask';
      readonly run: number;
      readonly answerId: string;
      readonly at: number;
      readonly question?:
        | { readonly id: string; readonly text: string; readonly attachments?: readonly Attachment[] }
        | undefined;
    }
  /** Hands on one event of the answer's stream. */
  | { readonly type: 'event'; readonly run: number; readonly event: ConversationEvent }
  | { readonly type: 'clear' };
