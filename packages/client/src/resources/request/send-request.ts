import type { ClientOptions } from '../../client-options.js';
import type { NovaError } from '../../errors/nova-error.js';
import { onAbort } from '../../errors/on-abort.js';
import { toStatusError } from '../../errors/to-status-error.js';
import { invalidOption } from '../../options/invalid-option.js';
import { isHeaders, plainHeaders } from '../../options/is-headers.js';
import { guardBody, readText } from '../../stream/index.js';
import type { TransportRequest, TransportResponse } from '../../transport/transport.js';

/** One attempt of a call. */
export interface RequestAttempt {
  method: string;
  path: string;
  /** JSON text. */
  body?: string | undefined;
  accept: string;
  headers?: Record<string, string> | undefined;
  signal: AbortSignal;
  /** From 1. */
  number: number;
  headersTimeoutMs: number;
}

/** Sends an attempt; resolves with an answer of a good status, rejects with a `NovaError`. */
export type SendAttempt = (attempt: RequestAttempt) => Promise<TransportResponse>;

/** An error body is a few hundred bytes; what is longer is a page of a proxy. */
const maxErrorBytes = 64 * 1024;
/** An error body that does not come is not worth the wait. */
const errorBodyMs = 5_000;

/** Carries one request of an attempt; rejects with a `NovaError`. */
export type Deliver = (request: TransportRequest, attempt: number) => Promise<TransportResponse>;

/** Creates the function that sends attempts: URL, headers, status. */
export function createSend(
  { baseUrl, headers = {} }: Pick<ClientOptions, 'baseUrl' | 'headers'>,
  deliver: Deliver,
): SendAttempt {
  const base = baseUrl.replace(/\/+$/, '');
  return async ({ method, path, body, accept, number, signal, headersTimeoutMs, ...attempt }) => {
    const given = typeof headers === 'function' ? await untilAborted(headers(), signal) : headers;
    if (!isHeaders(given)) throw invalidOption('headers', plainHeaders);
    const request: TransportRequest = {
      method,
      url: base + (path.startsWith('/') ? path : `/${path}`),
      headers: toLowerCase({
        accept,
        // `application/json` needs a preflight on its own; nothing that we add beside it makes things worse or better.
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...given,
        ...attempt.headers,
      }),
      body,
      signal,
      headersTimeoutMs,
    };
    const response = await untilAborted(deliver(request, number), signal, (late) => late.cancel());
    if (response.status >= 200 && response.status <= 299) return response;
    throw await untilAborted(readStatusError(response), signal);
  };
}

/** Some transports and callbacks ignore the signal; after it they are not waited for. */
function untilAborted<T>(value: T | Promise<T>, signal: AbortSignal, letGo?: (late: T) => void): T | Promise<T> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const ignore = onAbort(signal, reject);
    value
      .then((late) => {
        resolve(late);
        if (signal.aborted) letGo?.(late);
      }, reject)
      .finally(ignore);
  });
}

async function readStatusError(response: TransportResponse): Promise<NovaError> {
  const { status, headers } = response;
  const guard = guardBody(response.body, () => response.cancel());
  const timer = setTimeout(() => guard.fail(toStatusError(response)), errorBodyMs);
  // A body that breaks or dawdles takes nothing away from the status.
  const text = await readText(guard.body, maxErrorBytes).catch(() => undefined);
  clearTimeout(timer);
  return toStatusError({ status, headers, text });
}

function toLowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
