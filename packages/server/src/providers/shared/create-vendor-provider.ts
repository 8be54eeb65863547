import { randomUUID } from 'node:crypto';
import type { Pool } from '@nova-chat/client/node';
import type { ChatChunk, ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';
import { guardBody, type NovaError, readText } from '@nova-chat/client/stream';
import type { Provider, ProviderCall } from '../provider.js';
import type { ChunkHead } from './create-chunk.js';
import type { FailedResponse } from './create-status-error.js';
import { parseJson } from './json-value.js';
import { type AnswerReader, createTotalTimeout, readAnswer } from './read-answer.js';

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
  /** In ms. A whole answer has no first event: only `totalMs` limits it. */
  timeouts: { headersMs: number; firstEventMs: number; idleMs: number; totalMs: number };
}

/** A request in a vendor's form. */
export interface VendorRequest {
  url: string;
  /** Its credentials, and what else it asks for. */
  headers: Record<string, string>;
  body: object;
}

/** How one vendor's API differs from the others. */
export interface Vendor {
  toRequest(request: ChatRequest, options: { model: string; stream: boolean }): VendorRequest;
  /** Creates the reader of one streamed answer. */
  createReader(head: ChunkHead, request: ChatRequest): AnswerReader;
  /** Converts the body of an answer that was not streamed; undefined when it was no JSON. */
  fromResponse(body: unknown, head: ChunkHead, request: ChatRequest): ChatCompletion;
  toError(response: FailedResponse): NovaError;
}

type Response = Awaited<ReturnType<Pool['send']>>;

const maxErrorBytes = 65_536;
const errorBodyMs = 5_000;
const maxAnswerBytes = 16_777_216;

/** Creates a provider out of a vendor's converters. Nothing of the caller's headers is sent. */
export function createVendorProvider(options: VendorProviderOptions & { name: string }, vendor: Vendor): Provider {
  const { name, models, timeouts } = options;
  return {
    name,
    models,
    continues: true,
    async *stream(request, call): AsyncGenerator<ChatChunk> {
      const asked = vendor.toRequest(request, { model: call.model, stream: true });
      const response = await post(asked, call, { ...options, vendor, headersMs: timeouts.headersMs });
      yield* readAnswer(response, vendor.createReader(createHead(call), request), timeouts);
    },
    async complete(request, call) {
      const asked = vendor.toRequest(request, { model: call.model, stream: false });
      const response = await post(asked, call, { ...options, vendor, headersMs: timeouts.totalMs });
      const text = await readWithin(response, { ms: timeouts.totalMs, maxBytes: maxAnswerBytes });
      return vendor.fromResponse(parseJson(text ?? ''), createHead(call), request);
    },
  };
}

/** Serves until the answer says its own id and model; not the id of the request, which a caller may repeat. */
function createHead({ model }: ProviderCall): ChunkHead {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}

type PostOptions = VendorProviderOptions & { name: string; vendor: Vendor; headersMs: number };

async function post(asked: VendorRequest, call: ProviderCall, options: PostOptions): Promise<Response> {
  const { name, apiKey, pool, vendor, headersMs } = options;
  const response = await pool.send({
    method: 'POST',
    url: asked.url,
    headers: {
      'content-type': 'application/json',
      // A compressed stream is held back until the compressor has a block together.
      'accept-encoding': 'identity',
      ...asked.headers,
    },
    body: JSON.stringify(asked.body),
    signal: call.signal,
    headersTimeoutMs: headersMs,
  });
  const { status, headers } = response;
  if (status >= 200 && status < 300) return response;
  // A body that does not come changes nothing about the status.
  const text = await readWithin(response, { ms: errorBodyMs, maxBytes: maxErrorBytes }).catch(() => '');
  throw vendor.toError({ provider: name, status, headers, text: text ?? '', apiKey });
}

async function readWithin(
  response: Response,
  { ms, maxBytes }: { ms: number; maxBytes: number },
): Promise<string | undefined> {
  const guard = guardBody(response.body, () => response.cancel());
  const timer = setTimeout(() => guard.fail(createTotalTimeout(ms)), ms);
  try {
    return await readText(guard.body, maxBytes);
  } finally {
    clearTimeout(timer);
  }
}
