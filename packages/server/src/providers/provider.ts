import type { ChatChunk, ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';

/** What a provider gets in addition to the request. */
export interface ProviderCall {
  /** The provider's own name of the model. */
  model: string;
  /** Ends the call; the upstream's socket is gone within 100 ms. */
  signal: AbortSignal;
  requestId: string;
  /**
   * Called when the call has a connection of the provider's pool: the time spent waiting for it is not the provider's
   * fault.
   */
  onConnection?(): void;
}

/** One chunk of an answer. */
export interface ProviderChunk {
  chunk: ChatChunk;
  /**
   * The events that this chunk was made of, each as JSON on one line, when that is at hand: they need not be serialised
   * again. The text of the chunk is that of all of them.
   */
  json?: readonly string[];
}

/** The part of a request that a provider does not support. */
export interface Refusal {
  /** The member of the request, as `messages[0].role`. */
  param: string;
  /** What is not supported and what to do instead; never a value of the request. */
  message: string;
  /** Default `unsupported_value`. */
  code?: string;
}

/**
 * One LLM provider. It converts and nothing else: no retry, no health, no logging; those belong to the modules that
 * call it. Both methods reject with a `NovaError`, before the first chunk or after it; a stream that ends without an
 * error is complete, i.e. every choice has had its `finish_reason`, or `[DONE]` came.
 */
export interface Provider {
  /** As it stands in `PROVIDER_ORDER`, in logs and in `nova.provider`. */
  readonly name: string;
  /** The provider's own model ids that can be asked for; the first is its default. Never uses the network. */
  readonly models: readonly string[];
  /** It can continue an answer that another provider has begun: it writes, and does not only quote. */
  readonly continues: boolean;
  /**
   * Returns, before anything is sent, the part of a request that the model does not support, so that other providers are
   * asked; without any it is a 400. Absent: every request is tried.
   */
  refuses?(request: ChatRequest, model: string): Refusal | undefined;
  /**
   * Yields everything from one network read as one batch, so that consumers wait once per read. The reader owns a batch
   * and empties it: a generator that waits for the next one would keep it alive.
   */
  stream(request: ChatRequest, call: ProviderCall): AsyncIterable<ProviderChunk[]>;
  complete(request: ChatRequest, call: ProviderCall): Promise<ChatCompletion>;
}
