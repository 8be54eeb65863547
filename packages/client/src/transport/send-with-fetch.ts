import { maxTimerMs } from '../errors/max-timer-ms.js';
import { isNovaError, NovaError } from '../errors/nova-error.js';
import { onAbort } from '../errors/on-abort.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { toBodyError } from '../errors/to-body-error.js';
import type { Transport, TransportResponse } from './transport.js';

export interface FetchSettings {
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Says why a request failed, where the platform tells; a browser does not. */
  toError?: (error: unknown, url: string) => NovaError;
}

/** Creates the way to send one request by `fetch`. Redirects are not followed. */
export function sendWithFetch({ fetch, toError }: FetchSettings): Transport['send'] {
  return async ({ url, method, headers, body, signal, headersTimeoutMs }) => {
    if (signal?.aborted) throw toAbortError(signal);
    const controller = new AbortController();
    const end = (error: NovaError): void => {
      clearTimeout(timer);
      letGo();
      controller.abort(error);
    };
    const onTimeout = (): void =>
      end(new NovaError({ code: 'headers_timeout', message: `No answer within ${headersTimeoutMs} ms.` }));
    // A body has the time that it needs at 10 KB a second: it may be a picture, and on its way from a phone.
    const timer = setTimeout(onTimeout, Math.min(headersTimeoutMs + 0.1 * (body?.length ?? 0), maxTimerMs));
    const letGo = onAbort(signal, end);
    try {
      const response = await (fetch ?? globalThis.fetch)(url, {
        method,
        headers,
        signal: controller.signal,
        redirect: 'manual',
        ...(body && { body }),
      });
      clearTimeout(timer);
      if (response.type === 'opaqueredirect') {
        throw new NovaError({ code: 'redirect_refused', message: 'A redirect was refused. Call its target.' });
      }
      return toTransportResponse(response, controller.signal, end);
    } catch (error) {
      const toFailure = toError && online() === undefined ? toError : toBrowserError;
      const failure = controller.signal.aborted ? toAbortError(controller.signal) : toFailure(error, url);
      end(failure);
      throw failure;
    }
  };
}

function toTransportResponse(
  response: Response,
  signal: AbortSignal,
  end: (error: NovaError) => void,
): TransportResponse {
  const { status, headers } = response;
  const reader = response.body?.getReader() ?? readWhole(response);
  const leave = (): void => {
    // Before the abort: Deno closes the socket of an unread body only when it is cancelled.
    reader.cancel?.().catch(() => {});
    end(new NovaError({ code: 'aborted', message: 'The reader left.' }));
  };
  const over = async (): Promise<IteratorResult<Uint8Array>> => {
    leave();
    return { done: true, value: undefined };
  };
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    try {
      const result = await reader.read();
      // What has come at once is read piece by piece: between two of them the page draws and hears its user.
      await (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler?.yield?.();
      if (!result.done) return result;
    } catch (error) {
      throw signal.aborted ? toAbortError(signal) : toBodyError(error);
    }
    return over();
  };
  return { status, headers, cancel: leave, body: { [Symbol.asyncIterator]: () => ({ next, return: over }) } };
}

/** Reads a body in one piece, where the platform cannot stream. */
function readWhole(response: Response): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read'> & { cancel?: undefined } {
  let isRead = false;
  return {
    async read() {
      if (isRead) return { done: true, value: undefined };
      isRead = true;
      return { done: false, value: new Uint8Array(await response.arrayBuffer()) };
    },
  };
}

/** Only browsers know. */
function online(): boolean | undefined {
  return globalThis.navigator?.onLine;
}

/** A browser keeps the reason to itself, as telling it would let a page scan the network. */
function toBrowserError(cause?: unknown): NovaError {
  if (isNovaError(cause)) return cause;
  if (online() === false) return new NovaError({ code: 'offline', message: 'The device is offline.', cause });
  return new NovaError({
    code: 'network_or_cors',
    message: 'The server was not reached or read: check it, its CORS headers, connect-src.',
    cause,
  });
}
