import { sendWithFetch } from '../transport/send-with-fetch.js';
import type { Transport } from '../transport/transport.js';

/** Creates a transport on `fetch`. A browser shows no redirect, so there is none to follow. */
export function createFetchTransport(fetch?: typeof globalThis.fetch): Transport {
  return { send: sendWithFetch({ fetch }) };
}
