import type { CallOptions } from '../client-options.js';
import { NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import { guardBody, readText } from '../stream/index.js';
import type { TransportResponse } from '../transport/transport.js';
import { checkCallOptions } from './check-client-options.js';
import type { ClientCore } from './client-core.js';
import { withIdempotencyKey } from './with-idempotency-key.js';

/** An answer with its HTTP side. */
export interface WithResponse<T> {
  data: T;
  status: number;
  headers: { get(name: string): string | null };
  /** The server's `x-request-id`. */
  requestId: string | undefined;
}

/** The promise of an answer's body; `withResponse` gives the HTTP side with it. */
export interface ResponsePromise<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>;
}

interface JsonCall<T> {
  method: string;
  path: string;
  body?: unknown;
  /** Default: the client's. */
  headersTimeoutMs?: number;
  /** Checks what came. */
  parse?: (value: unknown) => T;
}

/** The largest body of one piece that is read into memory. */
const maxBodyBytes = 64 * 1024 * 1024;

/** Makes one call with a JSON answer, retries included. Rejects with a `NovaError`. */
export function callJson<T>(core: ClientCore, call: JsonCall<T>, options: CallOptions = {}): ResponsePromise<T> {
  const whole = runCall(core, call, options);
  const data = whole.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse() {
      // Whoever asks for the whole does not wait for the part; its rejection is the same one.
      data.catch(() => {});
      return whole;
    },
  });
}

async function runCall<T>(core: ClientCore, call: JsonCall<T>, options: CallOptions): Promise<WithResponse<T>> {
  checkCallOptions(options);
  const { signal, headers } = withIdempotencyKey(options);
  const { scope, policy, send, limits } = core.openRun({ ...options, ...(signal && { signal }) });
  const attempt = async (number: number): Promise<WithResponse<T>> => {
    const response = await send({
      method: call.method,
      path: call.path,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      accept: 'application/json',
      headers,
      signal: scope.signal,
      number,
      headersTimeoutMs: call.headersTimeoutMs ?? options.timeoutMs ?? limits.headersMs,
    });
    const value = await readJson(response, scope.signal);
    const requestId = response.headers.get('x-request-id') ?? undefined;
    return { data: call.parse ? call.parse(value) : (value as T), ...pick(response), requestId };
  };
  return runWithRetry(attempt, { policy, ...scope }).finally(scope.close);
}

function pick({ status, headers }: TransportResponse): Pick<TransportResponse, 'status' | 'headers'> {
  return { status, headers };
}

async function readJson(response: TransportResponse, signal: AbortSignal): Promise<unknown> {
  const { status, headers } = response;
  const fail = (code: 'unexpected_content_type' | 'invalid_response', message: string): NovaError =>
    new NovaError({ code, message, status, requestId: headers.get('x-request-id') ?? undefined });
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim() ?? '';
  if (type && !/[/+]json$/i.test(type)) {
    response.cancel();
    throw fail('unexpected_content_type', `Expected JSON, got "${type.slice(0, 80)}" (status ${status}).`);
  }
  const guard = guardBody(response.body, () => response.cancel());
  const onAbort = (): void => guard.fail(toAbortError(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const text = await readText(guard.body, maxBodyBytes);
    if (text === undefined) throw fail('invalid_response', `The body is longer than ${maxBodyBytes} bytes.`);
    if (!text) return undefined;
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fail('invalid_response', `The body is not JSON (status ${status}).`);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
