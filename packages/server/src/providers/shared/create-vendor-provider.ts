import type { Pool } from '@nova-chat/client/node';
import { type ChatCompletion, type ChatRequest, hasContent } from '@nova-chat/client/protocol';
import { createAccumulator, NovaError } from '@nova-chat/client/stream';
import type { Provider, ProviderCall, ProviderChunk } from '../provider.js';
import { type ChunkHead, createChunkHead } from './create-chunk.js';
import type { FailedResponse } from './create-status-error.js';
import { parseJson } from './json-value.js';
import { postRequest, readWithin, type VendorRequest, type VendorResponse } from './post-request.js';
import type { AnswerTimes } from './read-answer.js';
import { toRefusal } from './to-refusal.js';

/** In ms. A whole answer has no first event: only `totalMs` limits it. It counts from the call to the last byte. */
export interface VendorTimes extends AnswerTimes {
  headersMs: number;
}

/** What every provider of this kind is created with. */
export interface VendorProviderOptions {
  /** As it stands in `PROVIDER_ORDER`, in logs and in `nova.provider`. */
  name?: string;
  /** Without a slash at the end. */
  baseUrl: string;
  apiKey: string | undefined;
  /** The first is the default. */
  models: readonly string[];
  pool: Pick<Pool, 'send'>;
  timeouts: VendorTimes;
}

/** What an answer is read with. */
export interface AnswerContext {
  request: ChatRequest;
  /** Serves until the answer says its own id and model. */
  head: ChunkHead;
  times: VendorTimes;
}

/** How one vendor's API differs from the others. */
export interface Vendor {
  toRequest(request: ChatRequest, call: Pick<ProviderCall, 'model' | 'requestId'> & { stream: boolean }): VendorRequest;
  /** Reads a streamed answer; ends without an error only when it is complete. */
  readStream(response: VendorResponse, context: AnswerContext): AsyncIterable<ProviderChunk[]>;
  /** Converts the body of an answer that was not streamed; undefined when it was no JSON. */
  fromResponse(body: unknown, head: ChunkHead, request: ChatRequest): ChatCompletion;
  toError(response: FailedResponse): NovaError;
  /** Told of an answer with an error status, and what was asked. True: the request is converted and sent once more. */
  adaptToRefusal?(
    response: Pick<FailedResponse, 'status' | 'text'>,
    asked: { request: ChatRequest; body: object },
  ): boolean;
  /** As `Provider` has it. Default: what `toRequest` throws a caller error about. */
  refuses?: NonNullable<Provider['refuses']>;
}

/** How a provider is called; the same when it is asked again after a refusal. */
interface CallMode {
  stream: boolean;
  startedAt: number;
}

const maxAnswerBytes = 16_777_216;

/** Creates a provider out of a vendor's converters. */
export function createVendorProvider(options: VendorProviderOptions & { name: string }, vendor: Vendor): Provider {
  const { name, apiKey, models, pool, timeouts } = options;
  const toTimes = (startedAt: number): VendorTimes => {
    const totalMs = Math.ceil(timeouts.totalMs - (performance.now() - startedAt));
    return { ...timeouts, totalMs: Math.max(1, totalMs) };
  };
  const post = async (request: ChatRequest, call: ProviderCall, mode: CallMode): Promise<VendorResponse> => {
    const { model, requestId } = call;
    const { stream, startedAt } = mode;
    const { headersMs, totalMs } = toTimes(startedAt);
    const asked = vendor.toRequest(request, { model, requestId, stream });
    let isAdapted = false;
    try {
      return await postRequest(asked, {
        call,
        pool,
        headersMs: stream ? Math.min(headersMs, totalMs) : totalMs,
        toError(response) {
          isAdapted = vendor.adaptToRefusal?.(response, { request, body: asked.body }) ?? false;
          return vendor.toError({ ...response, provider: name, apiKey });
        },
      });
    } catch (error) {
      if (!isAdapted) throw error;
      return post(request, call, mode);
    }
  };
  return {
    name,
    models,
    continues: true,
    refuses:
      vendor.refuses ??
      ((request, model) => toRefusal(() => vendor.toRequest(request, { model, requestId: '', stream: false }))),
    stream: (request, call) =>
      openLater(async () => {
        const startedAt = performance.now();
        const response = await post(request, call, { stream: true, startedAt });
        return vendor.readStream(response, { request, head: createChunkHead(call.model), times: toTimes(startedAt) });
      }),
    async complete(request, call) {
      const startedAt = performance.now();
      const response = await post(request, call, { stream: false, startedAt });
      const times = toTimes(startedAt);
      const head = createChunkHead(call.model);
      if (!isJson(response)) return readAll(vendor.readStream(response, { request, head, times }));
      const text = await readWithin(response, { ms: times.totalMs, maxBytes: maxAnswerBytes });
      return vendor.fromResponse(parseJson(text ?? ''), head, request);
    },
  };
}

/** Begins at the first read. Not a generator: one that delegates costs each batch as much as its parsing. */
function openLater(open: () => Promise<AsyncIterable<ProviderChunk[]>>): AsyncIterableIterator<ProviderChunk[]> {
  let inner: AsyncIterator<ProviderChunk[]> | undefined;
  const begin = async (): Promise<IteratorResult<ProviderChunk[]>> => {
    inner = (await open())[Symbol.asyncIterator]();
    return inner.next();
  };
  return {
    next: () => inner?.next() ?? begin(),
    return: async () => inner?.return?.() ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Some servers stream whatever they are asked for. What calls itself nothing is what was asked for. */
function isJson({ headers }: VendorResponse): boolean {
  return /^application\/json\b|^$/i.test(headers.get('content-type')?.trim() ?? '');
}

async function readAll(batches: AsyncIterable<ProviderChunk[]>): Promise<ChatCompletion> {
  const accumulator = createAccumulator();
  let isEmpty = true;
  for await (const batch of batches) {
    for (const { chunk } of batch) {
      accumulator.add(chunk);
      isEmpty &&= !hasContent(chunk);
    }
  }
  if (!isEmpty) return accumulator.toCompletion();
  throw new NovaError({ code: 'stream_truncated', message: 'The provider ended a stream in which nothing was said.' });
}
