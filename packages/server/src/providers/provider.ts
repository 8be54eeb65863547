import type { ChatChunk, ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';

/** What a provider is told beside the request. */
export interface ProviderCall {
  /** The provider's own name of the model. */
  model: string;
  /** Ends the call; the upstream's socket is gone within 100 ms. */
  signal: AbortSignal;
  requestId: string;
  /** Called when a connection is there, which all calls of a provider share: what it waited for that is not its fault. */
  onConnection?(): void;
}

/** One chunk of an answer. */
export interface ProviderChunk {
  chunk: ChatChunk;
  /**
   * The events that say this chunk, each as JSON on one line, when their text is at hand anyway: they need not be written
   * anew. The text of the chunk is that of all of them.
   */
  json?: readonly string[];
}

/** What of a request a provider cannot carry. */
export interface Refusal {
  /** The member of the request, as `messages[0].role`. */
  param: string;
  /** What cannot be carried and what to do instead; never a value of the request. */
  message: string;
  /** Default `unsupported_value`. */
  code?: string;
}

/**
 * One LLM provider. It converts and nothing else: no retry, no health, no logging; those belong to the rooms that
 * call it. Both verbs reject with a `NovaError`, before the first chunk or after it; a stream that ends without an
 * error is complete, i.e. every choice has had its `finish_reason`, or `[DONE]` came.
 */
export interface Provider {
  /** As it stands in `PROVIDER_ORDER`, in logs and in `nova.provider`. */
  readonly name: string;
  /** The provider's own model ids that can be asked for; the first is its default. Never asks the network. */
  readonly models: readonly string[];
  /** It can continue an answer that another provider has begun: it writes, and does not only quote. */
  readonly continues: boolean;
  /**
   * Says before anything is sent what of a request the model cannot be given, so that others are asked; alone it is a 400.
   * Absent: it tries whatever comes.
   */
  refuses?(request: ChatRequest, model: string): Refusal | undefined;
  /**
   * Gives what has come together, together: whoever waits, waits once for each read of the network. A batch is its
   * reader's own, who empties it: a generator that waits for the next one would keep it alive.
   */
  stream(request: ChatRequest, call: ProviderCall): AsyncIterable<ProviderChunk[]>;
  complete(request: ChatRequest, call: ProviderCall): Promise<ChatCompletion>;
}
