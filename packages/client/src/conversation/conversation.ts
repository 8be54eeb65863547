import type { ChatFailure } from '../protocol/index.js';
import type { ChatRun, ChatTransport } from './chat-transport.js';
import type { Attachment, ConversationMessage } from './conversation-message.js';
import type { ConversationState } from './conversation-state.js';
import { type ConversationListener, createConversationStore } from './conversation-store.js';
import { canRegenerate, canRetry, canSend } from './selectors.js';
import { toRequestMessages } from './to-request-messages.js';

/** Options of `createConversation`. */
export interface ConversationOptions {
  transport: ChatTransport;
  /** A stored history to start with. Default: none. */
  messages?: readonly ConversationMessage[] | undefined;
  /** Creates message ids. Default: random, unique in practice. */
  createId?: (() => string) | undefined;
  /** Milliseconds since 1970. Default: the platform's clock. */
  now?: (() => number) | undefined;
}

/** A conversation without a view: its state and the methods that change it. No method throws. */
export interface Conversation {
  getState(): ConversationState;
  /** Calls `listener` after each change; returns the function that unsubscribes it. */
  subscribe(listener: ConversationListener): () => void;
  /**
   * Asks a question. False when it is not accepted: blank and without attachments, or an answer is under way. A failed
   * question that is sent again, with the same attachments or none, is asked again in its place.
   */
  send(text: string, attachments?: readonly Attachment[]): boolean;
  /** Ends the answer under way at once; what has arrived stays, marked `aborted`. */
  stop(): void;
  /** Asks for another answer to the last question. False when there is none, or one is under way. */
  regenerate(): boolean;
  /**
   * Asks again after a failure, a stop or a reload that came before the answer, without repeating the question. False
   * when there is nothing to retry.
   */
  retry(): boolean;
  /** Stops and forgets everything. */
  clear(): void;
  /** Stops and replaces everything with a stored history. */
  load(messages: readonly ConversationMessage[]): void;
}

/** Creates a conversation over a transport. */
export function createConversation(options: ConversationOptions): Conversation {
  const { transport, createId = createRandomId, now = Date.now } = options;
  const store = createConversationStore();
  if (options.messages) store.dispatch({ type: 'load', messages: options.messages });
  let run = 0;
  let current: ChatRun | undefined;

  function ask(text?: string, attachments: readonly Attachment[] = []): boolean {
    run += 1;
    // A listener that stops this and asks for something else takes the next number.
    const ownRun = run;
    current = undefined;
    const question = text === undefined ? undefined : { id: createId(), text, attachments };
    store.dispatch({ type: 'ask', run: ownRun, answerId: createId(), at: now(), question });
    void consume(ownRun);
    return true;
  }

  async function consume(ownRun: number): Promise<void> {
    const isCurrent = (): boolean => store.getState().live?.run === ownRun;
    // A listener may have stopped it already.
    if (!isCurrent()) return;
    try {
      const stream = transport.send({ messages: toRequestMessages(store.getState().messages) });
      current = stream;
      for await (const event of stream) {
        store.dispatch({ type: 'event', run: ownRun, event });
        if (!isCurrent()) return;
      }
      store.dispatch({ type: 'event', run: ownRun, event: { type: 'end', outcome: 'truncated' } });
    } catch (cause) {
      const event = { type: 'end', outcome: 'failed', error: toFailure(cause) } as const;
      store.dispatch({ type: 'event', run: ownRun, event });
    }
  }

  function stop(): void {
    const { live } = store.getState();
    if (!live) return;
    const stopped = current;
    current = undefined;
    store.dispatch({ type: 'event', run: live.run, event: { type: 'end', outcome: 'aborted' } });
    void stopStream(stopped);
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    send(text, attachments) {
      const state = store.getState();
      const question = text.trim();
      if (!(question || attachments?.length) || !canSend(state)) return false;
      const last = state.messages.at(-1);
      const isRepeat =
        last?.role === 'user' &&
        last.status === 'failed' &&
        last.text === question &&
        (!attachments || JSON.stringify(attachments) === JSON.stringify(last.attachments));
      return isRepeat ? ask() : ask(question, attachments);
    },
    stop,
    regenerate: () => canRegenerate(store.getState()) && ask(),
    retry: () => canRetry(store.getState()) && ask(),
    clear() {
      stop();
      store.dispatch({ type: 'clear' });
    },
    load(messages) {
      stop();
      store.dispatch({ type: 'load', messages });
    },
  };
}

async function stopStream(stream: ChatRun | undefined): Promise<void> {
  try {
    await stream?.stop();
  } catch {
    // The answer has been settled as stopped already; a transport that cannot stop has nothing to add.
  }
}

function toFailure(cause: unknown): ChatFailure {
  const { code, message, retryable, status, retryAfterMs } = (cause ?? {}) as Partial<ChatFailure>;
  return {
    code: typeof code === 'string' ? code : 'stream_error',
    message: typeof message === 'string' ? message : String(cause),
    retryable: retryable ?? true,
    status,
    retryAfterMs,
  };
}

function createRandomId(): string {
  return Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2, 6);
}
