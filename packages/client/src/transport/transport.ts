/** One HTTP request, as the client hands it to a transport. */
export interface TransportRequest {
  method: string;
  /** Absolute, or relative to the page in a browser. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string | undefined;
  /** Ends the request, its body included, and closes its socket. */
  signal?: AbortSignal | undefined;
  /** Longest wait for the response's headers; for `fetch`, not counting what its own body needs. */
  headersTimeoutMs: number;
  /** Called when a transport that lets requests wait for a connection has one; once more for a second attempt. */
  onConnection?: (() => void) | undefined;
}

/** One HTTP response. The body is read once. */
export interface TransportResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** Leaving the loop early closes the socket, or gives it back to the pool when the body had ended. */
  body: AsyncIterable<Uint8Array>;
  /** Lets go of a body that nobody will read on, and closes its socket. Harmless after the end. */
  cancel(): void;
}

/**
 * Sends one request and resolves at its headers, whatever the status. Rejects with a `NovaError`: `connection_error`,
 * `network_or_cors`, `offline`, `headers_timeout`, `queue_timeout`, `redirect_refused` or `aborted`.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}
