import type { CallOptions } from '../client-options.js';
import { NovaError } from '../errors/nova-error.js';
import { onAbort } from '../errors/on-abort.js';
import { writeBody } from '../errors/write-body.js';
import { parseJson } from '../protocol/parse-json.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import { createContentTimer, guardBody, readText } from '../stream/index.js';
import type { TransportResponse } from '../transport/transport.js';
import { checkCallOptions } from './check-client-options.js';
import type { ClientCore } from './client-core.js';
import { withIdempotencyKey } from './request/with-idempotency-key.js';
import { logBadBody } from './request/with-log.js';

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
  /** Checks what is to be sent. */
  check?: () => void;
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
      // A caller of one does not wait for the other; the rejection is the same.
      data.catch(() => {});
      return whole;
    },
  });
}

async function runCall<T>(core: ClientCore, call: JsonCall<T>, options: CallOptions): Promise<WithResponse<T>> {
  call.check?.();
  checkCallOptions(options);
  const { headers } = withIdempotencyKey(options);
  const { scope, policy, send, limits, logger } = core.openRun(options);
  const { signal } = scope;
  const { method, path, body, headersTimeoutMs = options.timeoutMs ?? limits.headersMs, parse } = call;
  const attempt = async (number: number): Promise<WithResponse<T>> => {
    const response = await send({
      method,
      path,
      body: body === undefined ? undefined : writeBody(body),
      accept: 'application/json',
      headers,
      signal,
      number,
      headersTimeoutMs,
    });
    const answer = await readJson(response, signal, limits.idleMs).catch((error: unknown) => {
      logBadBody(logger, { method, path, number }, error);
      throw error;
    });
    return { ...answer, data: parse ? parse(answer.data) : (answer.data as T) };
  };
  return runWithRetry(attempt, { policy, ...scope }).finally(scope.close);
}

async function readJson(
  response: TransportResponse,
  signal: AbortSignal,
  idleMs: number,
): Promise<WithResponse<unknown>> {
  const { status, headers } = response;
  const requestId = headers.get('x-request-id') ?? undefined;
  const fail = (code: 'unexpected_content_type' | 'invalid_response', message: string): NovaError =>
    new NovaError({ code, message: `${message} (status ${status}).`, status, requestId });
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim();
  if (type && !/[/+]json$/i.test(type)) {
    response.cancel();
    throw fail('unexpected_content_type', `Expected JSON, got "${type.slice(0, 80)}"`);
  }
  const guard = guardBody(response.body, () => response.cancel());
  const letGo = onAbort(signal, guard.fail);
  const timer = createContentTimer({ firstEventMs: idleMs, idleMs }, guard.fail);
  // The headers were the first sign of life; from here on the limit is that of silence.
  timer.touch();
  try {
    const text = await readText(guard.body, maxBodyBytes, timer.touch);
    if (text === undefined) throw fail('invalid_response', `The body is longer than ${maxBodyBytes} bytes`);
    const data = text ? parseJson(text) : undefined;
    if (text && data === undefined) throw fail('invalid_response', 'The body is not JSON');
    return { data, status, headers, requestId };
  } finally {
    timer.stop();
    letGo();
  }
}
