import { NovaError } from '../errors/nova-error.js';
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
  return {
    async send(request) {
      if (!fetch && !('location' in globalThis) && !URL.canParse(request.url)) throw pathWithoutPage();
      const response = await followRedirects(request, send);
      const { headers } = response;
      // That of SvelteKit throws where a header is read that its page was not promised. A copy is just read.
      return fetch && headers instanceof Headers ? { ...response, headers: new Headers(headers) } : response;
    },
  };
}

function pathWithoutPage(): NovaError {
  const message = 'Option baseUrl must be an http(s) URL outside of a page: there is nothing that a path belongs to.';
  return new NovaError({ code: 'invalid_option', message });
}
