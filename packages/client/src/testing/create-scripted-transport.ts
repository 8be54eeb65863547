import { NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import type { Transport, TransportRequest, TransportResponse } from '../transport/transport.js';

/** One step of a scripted body: bytes or text, a wait in ms, an error that breaks the connection, or silence for ever. */
export type ScriptedStep = string | Uint8Array | { waitMs: number } | { error: Error } | { stall: true };

/** What a scripted transport answers to one request. */
export interface ScriptedAnswer {
  /** Default 200. */
  status?: number | undefined;
  /** Default: `content-type: text/event-stream`. */
  headers?: Record<string, string> | undefined;
  body?: readonly ScriptedStep[] | undefined;
  /** Fails instead, before any headers. */
  error?: Error | undefined;
}

/** A request as the transport saw it. */
export type SeenRequest = Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'>;

/** A transport that answers from a script and remembers what it was asked. */
export interface ScriptedTransport extends Transport {
  /** All requests so far, in order. */
  readonly requests: readonly SeenRequest[];
}

/**
 * Creates a transport without a network, for tests: it answers requests in order from a list, or from a function. A
 * request beyond the list fails with `connection_error`.
 */
export function createScriptedTransport(
  script: readonly ScriptedAnswer[] | ((request: TransportRequest, index: number) => ScriptedAnswer),
): ScriptedTransport {
  const requests: SeenRequest[] = [];
  return {
    requests,
    async send(request) {
      const { method, url, headers, body, signal } = request;
      if (signal?.aborted) throw toAbortError(signal);
      const index = requests.push({ method, url, headers, body }) - 1;
      const answer = typeof script === 'function' ? script(request, index) : script[index];
      if (!answer) {
        throw new NovaError({ code: 'connection_error', message: `No answer is scripted for request ${index + 1}.` });
      }
      if (answer.error) throw answer.error;
      return toResponse(answer, signal);
    },
  };
}

function toResponse(answer: ScriptedAnswer, signal: AbortSignal | undefined): TransportResponse {
  const fields = new Headers(answer.headers ?? { 'content-type': 'text/event-stream' });
  const left = new AbortController();
  return {
    status: answer.status ?? 200,
    headers: fields,
    cancel: () => left.abort(new NovaError({ code: 'aborted', message: 'The answer was let go of.' })),
    body: play(answer.body ?? [], signal ? AbortSignal.any([signal, left.signal]) : left.signal),
  };
}

async function* play(steps: readonly ScriptedStep[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const step of steps) {
    if (signal.aborted) throw toAbortError(signal);
    if (typeof step === 'string') yield encoder.encode(step);
    else if (step instanceof Uint8Array) yield step;
    else if ('error' in step) throw step.error;
    else await pause('waitMs' in step ? step.waitMs : undefined, signal);
  }
}

function pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(toAbortError(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
