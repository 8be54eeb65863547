import { sendWithFetch } from '../transport/send-with-fetch.js';
import type { Transport } from '../transport/transport.js';

/** Creates a transport on `fetch`. Browsers hide redirects, so there are none to follow. */
export function createFetchTransport(fetch?: typeof globalThis.fetch): Transport {
  return { send: sendWithFetch({ fetch }) };
}
