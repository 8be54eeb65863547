import { NovaError } from '../errors/nova-error.js';
import type { TransportRequest, TransportResponse } from './transport.js';

const maxRedirects = 3;

/**
 * Sends a request and follows its redirects on the same origin, at most 3: all of them for GET and HEAD, for other
 * methods only 307 and 308, which keep method and body. Any other redirect is refused with `redirect_refused`, so that
 * neither credentials nor prompts reach a host that the caller did not name.
 */
export async function followRedirects(
  request: TransportRequest,
  send: (request: TransportRequest) => Promise<TransportResponse>,
): Promise<TransportResponse> {
  let url = request.url;
  for (let hops = 0; ; hops++) {
    const response = await send(hops ? { ...request, url } : request);
    const { status } = response;
    if (![301, 302, 303, 307, 308].includes(status)) return response;
    response.cancel();
    const location = response.headers.get('location') ?? '';
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    const refuse = (why: string): NovaError =>
      new NovaError({
        code: 'redirect_refused',
        message: `A redirect (status ${status}) was refused: ${why}.`,
        status,
      });
    if (!next) throw refuse('it names no target');
    if (next.origin !== new URL(url).origin) throw refuse('it leads to another origin');
    if (status < 307 && !/^(?:GET|HEAD)$/.test(request.method)) throw refuse(`it turns ${request.method} into GET`);
    if (hops >= maxRedirects) throw refuse(`it comes after ${maxRedirects} others`);
    url = next.href;
  }
}
