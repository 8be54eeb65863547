import type { Dispatcher } from 'undici';
import { maxTimerMs } from '../errors/max-timer-ms.js';
import { NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { toBodyError } from '../errors/to-body-error.js';
import { toConnectionError } from '../errors/to-connection-error.js';
import { createByteQueue } from './create-byte-queue.js';
import type { Lease } from './origin-pool.js';
import type { TransportRequest, TransportResponse } from './transport.js';

/** Sends one request over one connection, which it gives back or drops in every case. */
export function sendOverLease(lease: Lease, request: TransportRequest, target: URL): Promise<TransportResponse> {
  const { signal, headersTimeoutMs, method, headers, body } = request;
  return new Promise((resolve, reject) => {
    let failure: NovaError | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const fail = (error: NovaError): void => {
      failure ??= error;
      finish();
      // Each connection serves one request at a time, so ending this one ends the socket, at once and in any state.
      lease.drop(error);
      reject(error);
      queue.fail(error);
    };
    const onAbort = (): void => signal && fail(toAbortError(signal));
    const timer =
      headersTimeoutMs <= maxTimerMs
        ? setTimeout(() => fail(createTimeout(headersTimeoutMs)), headersTimeoutMs)
        : undefined;
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const leave = (): void => {
      finish();
      lease.drop();
    };
    const queue = createByteQueue(() => controller?.resume(), leave);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });

    request.onConnection?.();
    lease.client.dispatch(
      { path: target.pathname + target.search, method, headers, body: body ?? null },
      {
        onRequestStart(started) {
          controller = started;
        },
        onResponseStart(_, status, fields) {
          if (status < 200) return;
          clearTimeout(timer);
          const get = (name: string): string | null => {
            const value = fields[name.toLowerCase()];
            return Array.isArray(value) ? value.join(', ') : (value ?? null);
          };
          resolve({ status, headers: { get }, body: queue.body, cancel: () => fail(createLeft()) });
        },
        onResponseData(started, chunk) {
          if (!queue.push(chunk)) started.pause();
        },
        onResponseEnd() {
          finish();
          queue.end();
          lease.release();
        },
        onResponseError(_, error) {
          finish();
          lease.drop();
          reject(failure ?? toConnectionError(error, request.url));
          queue.fail(failure ?? toBodyError(error));
        },
      },
    );
  });
}

function createTimeout(limitMs: number): NovaError {
  return new NovaError({ code: 'headers_timeout', message: `No answer within ${limitMs} ms.` });
}

function createLeft(): NovaError {
  return new NovaError({ code: 'aborted', message: 'The answer was let go of before its end.' });
}
