import type { Pool } from '@nova-chat/client/node';
import { guardBody, type NovaError, readText } from '@nova-chat/client/stream';
import type { ProviderCall } from '../provider.js';
import { createTotalTimeout } from './read-answer.js';

/** A request in a vendor's form. */
export interface VendorRequest {
  url: string;
  /** Its credentials, and what else it asks for. */
  headers: Record<string, string>;
  body: object;
}

export interface PostOptions {
  call: ProviderCall;
  pool: Pick<Pool, 'send'>;
  headersMs: number;
  /** Creates the error of an answer with an error status; `text` is the body, as far as it could be read. */
  toError(response: Pick<VendorResponse, 'status' | 'headers'> & { text: string }): NovaError;
}

export type VendorResponse = Awaited<ReturnType<Pool['send']>>;

const maxErrorBytes = 65_536;
const errorBodyMs = 5_000;

/** Sends a request; resolves with a good status only. Nothing of the caller's headers is sent. */
export async function postRequest(asked: VendorRequest, options: PostOptions): Promise<VendorResponse> {
  const { call, pool, headersMs, toError } = options;
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
    onConnection: () => call.onConnection?.(),
  });
  const { status, headers } = response;
  if (status >= 200 && status < 300) return response;
  // A body that does not come changes nothing about the status.
  const text = await readWithin(response, { ms: errorBodyMs, maxBytes: maxErrorBytes }).catch(() => '');
  throw toError({ status, headers, text: text ?? '' });
}

/** Reads a body as text. Undefined when it is too long; rejects with `total_timeout` when it takes too long. */
export async function readWithin(
  response: VendorResponse,
  { ms, maxBytes }: { ms: number; maxBytes: number },
): Promise<string | undefined> {
  const guard = guardBody(response.body, () => response.cancel());
  const timer = setTimeout(() => guard.fail(createTotalTimeout()), ms);
  try {
    return await readText(guard.body, maxBytes);
  } finally {
    clearTimeout(timer);
  }
}
