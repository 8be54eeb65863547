import type { ChatFailure, FinishReason, Outcome, ProviderSwitch, UrlCitation } from '../protocol/index.js';

/**
 * Where a message stands. A question is `sending` until the first event of its answer, then `complete`, or `failed`
 * when it was refused. An answer is `sending` until its first event, `streaming` until its end, then its outcome.
 */
export type MessageStatus = 'sending' | 'streaming' | Outcome;

/** One message of a conversation. Frozen: a change makes a new object, an unchanged message keeps its identity. */
export interface ConversationMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** Markdown of an answer; plain text of a question. What arrived stays, however the stream ended. */
  readonly text: string;
  readonly status: MessageStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Sources in the order of their arrival, each once. */
  readonly citations: readonly UrlCitation[];
  /** What the model thought aloud; empty with most models. */
  readonly reasoning: string;
  /** The last change of provider in the middle of this answer. */
  readonly providerSwitch: ProviderSwitch | undefined;
  readonly finishReason: FinishReason | undefined;
  /** Why it was refused or broke off, or why a new answer in its place could not be had. */
  readonly error: ChatFailure | undefined;
}

/** Makes a frozen message; what is not given is empty. */
export function createMessage(
  message: Pick<ConversationMessage, 'id' | 'role' | 'createdAt'> & Partial<ConversationMessage>,
): ConversationMessage {
  return Object.freeze({
    text: '',
    status: 'sending' as const,
    citations: noCitations,
    reasoning: '',
    providerSwitch: undefined,
    finishReason: undefined,
    error: undefined,
    ...message,
  });
}

const noCitations: readonly UrlCitation[] = Object.freeze([]);
