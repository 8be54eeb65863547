import type { ChatEvent, ChatMessage, ChatRequest } from '../protocol/index.js';
import type { ToolStep } from './conversation-message.js';

/** What happens on the way to an answer: the client's events, and the tools that a page runs itself. */
export type ConversationEvent = ChatEvent | { type: 'tool-step'; step: ToolStep };

/** An answer under way: its events, and the way to end it. A `ChatStream` of the client is one. */
export interface ChatRun extends AsyncIterable<ConversationEvent> {
  /** Ends the answer and its request, before the first byte too. */
  stop(): void | Promise<void>;
}

/** What a conversation sends: everything said so far, the question last, and what else the request carries. */
export interface ChatInput extends Partial<ChatRequest> {
  messages: ChatMessage[];
}

/** Gets answers for a conversation. */
export interface ChatTransport {
  /**
   * Starts an answer. A failure is the stream's `end` event; what is thrown instead is shown as a failure too.
   * `headers` are those of this request alone, such as an authorization; without an HTTP request they have no effect.
   */
  send(input: ChatInput, options?: { headers?: Record<string, string> | undefined }): ChatRun;
}
