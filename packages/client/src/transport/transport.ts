/** One HTTP request, as the client passes it to a transport. */
export interface TransportRequest {
  method: string;
  /** Absolute, or relative to the page in a browser. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string | undefined;
  /** Ends the request, its body included, and closes its socket. */
  signal?: AbortSignal | undefined;
  /** Longest wait for the response's headers; for `fetch`, not counting the time its own body needs. */
  headersTimeoutMs: number;
  /** Called when a transport that queues requests has a connection for this one; once more for a second attempt. */
  onConnection?: (() => void) | undefined;
}

/** One HTTP response. The body is read once. */
export interface TransportResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** Leaving the loop early closes the socket, or returns it to the pool when the body had ended. */
  body: AsyncIterable<Uint8Array>;
  /** Releases a body that will not be read further, and closes its socket. Harmless after the end. */
  cancel(): void;
}

/**
 * Sends one request and resolves at its headers, whatever the status. Rejects with a `NovaError`: `connection_error`,
 * `network_or_cors`, `offline`, `headers_timeout`, `queue_timeout`, `redirect_refused` or `aborted`.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}
