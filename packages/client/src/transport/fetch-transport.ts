import { toConnectionError } from '../errors/to-connection-error.js';
import { followRedirects } from './follow-redirects.js';
import { sendWithFetch } from './send-with-fetch.js';
import type { Transport } from './transport.js';

/**
 * Creates a transport on `fetch`, the platform's or another one. Redirects: as `followRedirects`; a browser does not
 * show where one leads, so there it is refused.
 */
export function createFetchTransport(fetch?: typeof globalThis.fetch): Transport {
  const send = sendWithFetch({ fetch, toError: toConnectionError });
  return { send: (request) => followRedirects(request, send) };
}
