import { NovaError } from '../errors/nova-error.js';
import { toConnectionError } from '../errors/to-connection-error.js';
import { followRedirects } from './follow-redirects.js';
import { sendWithFetch } from './send-with-fetch.js';
import type { Transport } from './transport.js';

/**
 * Creates a transport on `fetch`, the platform's or another one. Redirects: as `followRedirects`; a browser does not
 * show where one leads, so there it is refused. A component of a page may be made on a server first, so a path as
 * `baseUrl` is refused there only when something is asked; what could be a host at once.
 */
export function createFetchTransport(fetch?: typeof globalThis.fetch, baseUrl = ''): Transport {
  const send = sendWithFetch({ fetch, toError: toConnectionError });
  // A `fetch` that is given may know what a path is relative to.
  const isInPage = fetch || 'location' in globalThis;
  if (!isInPage && !/^(https?:|\/|$)/i.test(baseUrl)) throw pathWithoutPage();
  return {
    async send(request) {
      if (!isInPage && !URL.canParse(request.url)) throw pathWithoutPage();
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
