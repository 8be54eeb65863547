import type { ChatFailure, FinishReason, Outcome, ProviderSwitch, UrlCitation } from '../protocol/index.js';

/**
 * Where a message stands. A question is `sending` until the first event of its answer, then `complete`, or `failed`
 * when it was refused. An answer is `sending` until its first event, `streaming` until its end, then its outcome.
 */
export type MessageStatus = 'sending' | 'streaming' | Outcome;

/** An image or a text file that goes along with a question. */
export type Attachment =
  /** `url` is a `data:` URL, or an address that the model can reach. */
  | { readonly type: 'image'; readonly name: string; readonly url: string }
  | { readonly type: 'text'; readonly name: string; readonly text: string };

/** A tool that the model has asked for on the way to its answer. */
export interface ToolStep {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
  /** `asked` waits for the visitor's consent. */
  readonly status: 'asked' | 'running' | 'done' | 'failed' | 'refused';
  /** What the model was told; JSON or plain text. */
  readonly result?: string | undefined;
}

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
  /** What goes along with a question. */
  readonly attachments: readonly Attachment[];
  /** Tools in front of the text of an answer, in their order. */
  readonly toolSteps: readonly ToolStep[];
  /** What the model thought aloud; empty with most models. */
  readonly reasoning: string;
  /** The last change of provider in the middle of this answer. */
  readonly providerSwitch: ProviderSwitch | undefined;
  /** What may be asked next, as the server says it. */
  readonly suggestions?: readonly string[] | undefined;
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
    citations: none,
    attachments: none,
    toolSteps: none,
    reasoning: '',
    providerSwitch: undefined,
    finishReason: undefined,
    error: undefined,
    ...message,
  });
}

const none: readonly never[] = Object.freeze([]);
