import type { ChatChunk, ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';

/** What a provider is told beside the request. */
export interface ProviderCall {
  /** The provider's own name of the model. */
  model: string;
  /** Ends the call; the upstream's socket is gone within 100 ms. */
  signal: AbortSignal;
  requestId: string;
}

/**
 * One LLM provider. It converts and nothing else: no retry, no health, no logging; those belong to the rooms that
 * call it. Both verbs reject with a `NovaError`, before the first chunk or after it; a stream that ends without an
 * error is complete, i.e. every choice has had its `finish_reason`.
 */
export interface Provider {
  /** As it stands in `PROVIDER_ORDER`, in logs and in `nova.provider`. */
  readonly name: string;
  /** The provider's own model ids that can be asked for; the first is its default. Never asks the network. */
  readonly models: readonly string[];
  /** It can go on with an answer that another provider has begun: it writes, and does not only quote. */
  readonly continues: boolean;
  stream(request: ChatRequest, call: ProviderCall): AsyncIterable<ChatChunk>;
  complete(request: ChatRequest, call: ProviderCall): Promise<ChatCompletion>;
}
