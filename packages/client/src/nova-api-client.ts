import type { ClientOptions } from './client-options.js';
import { createClient, type NovaClient } from './create-client.js';
import { checkOptions } from './options/check-options.js';
import { isHeaders } from './options/is-headers.js';
import { anyFunction, ms, signal } from './options/option-rules.js';

/** Options of one call of `NovaAPIClient`. */
export interface ApiCallOptions {
  /** Limit of the whole call, in ms. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Options of one streamed call of `NovaAPIClient`. */
export interface ApiStreamOptions extends ApiCallOptions {
  /** Gets each piece as it comes: the JSON value of an event, or its text when that is no JSON. */
  onChunk?: ((chunk: unknown) => void) | undefined;
}

const callOptions = { timeout: ms, signal };

/**
 * Calls the API with three verbs, for pages that know it under this name: a skin over `createClient` with the same
 * retries, timers and errors. Sends `X-Client: <clientHeader>`. All verbs reject with a `NovaError`.
 */
export class NovaAPIClient {
  readonly #client: NovaClient;

  /** `apiBase`: as `baseUrl` of `createClient`; '' is the page's own origin. Throws `invalid_option`. */
  constructor(apiBase: string, clientHeader?: string, options?: Omit<ClientOptions, 'baseUrl'>) {
    const { headers, ...rest } = options ?? {};
    const own: Record<string, string> = clientHeader === undefined ? {} : { 'x-client': clientHeader };
    // What is no headers object is left to the check of the client.
    const merge = (more: Record<string, string>): Record<string, string> =>
      isHeaders(more) ? { ...own, ...more } : more;
    this.#client = createClient({
      ...rest,
      baseUrl: apiBase,
      headers: typeof headers === 'function' ? async () => merge(await headers()) : merge(headers ?? {}),
    });
  }

  /** Gets JSON. `timeout`: default 10 000 ms. */
  async get<T = unknown>(path: string, options: ApiCallOptions = {}): Promise<T> {
    checkOptions(options, callOptions);
    return this.#client.get<T>(path, toCallOptions(options, 10_000));
  }

  /** Posts JSON and gets JSON. `timeout`: default 30 000 ms. */
  async post<T = unknown>(path: string, body: unknown, options: ApiCallOptions = {}): Promise<T> {
    checkOptions(options, callOptions);
    return this.#client.post<T>(path, body, toCallOptions(options, 30_000));
  }

  /**
   * Posts JSON and hands each piece of the answer to `onChunk`; resolves with all of them. Where the platform or the
   * server cannot stream, the answer is one piece. Rejects when the answer breaks off, when nothing comes, and when a
   * chat ends without `[DONE]` and finish reason; what came before has been handed on. Asks again only before the first
   * piece. `timeout`: of the whole call, default 120 000 ms.
   */
  async postStream(path: string, body: unknown, options: ApiStreamOptions = {}): Promise<unknown[]> {
    checkOptions(options, { ...callOptions, onChunk: anyFunction });
    const chunks: unknown[] = [];
    const call = toCallOptions(options, 120_000);
    const timeouts = options.timeout === undefined ? {} : { headersMs: options.timeout };
    for await (const { json, data } of this.#client.postStream(path, body, { ...call, timeouts })) {
      const chunk = json ?? data;
      chunks.push(chunk);
      options.onChunk?.(chunk);
    }
    return chunks;
  }
}

function toCallOptions(
  { timeout, signal }: ApiCallOptions,
  defaultMs: number,
): { timeoutMs: number; signal?: AbortSignal } {
  return { timeoutMs: timeout ?? defaultMs, ...(signal && { signal }) };
}
