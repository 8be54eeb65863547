import type { Middleware } from '../../client-options.js';
import { toCallbackError } from '../../errors/to-callback-error.js';
import { toConnectionError } from '../../errors/to-connection-error.js';
import { invalidOption } from '../../options/invalid-option.js';
import type { Transport, TransportResponse } from '../../transport/transport.js';
import type { Deliver } from './send-request.js';

/**
 * Puts middleware around a transport, the first outermost, and makes a `NovaError` of whatever one of them throws.
 * Responses that a middleware asked for and did not hand on are let go of, so that none of them keeps its connection.
 */
export function withMiddleware(transport: Transport, middleware: readonly Middleware[] = []): Deliver {
  return (request, attempt) =>
    middleware.reduceRight<Transport['send']>(
      (next, wrap) => (outer) => runMiddleware(wrap, next, { request: outer, attempt }),
      async (inner) => {
        try {
          return await transport.send(inner);
        } catch (error) {
          throw toConnectionError(error, inner.url);
        }
      },
    )(request);
}

async function runMiddleware(
  wrap: Middleware,
  next: Transport['send'],
  { request, attempt }: { request: Parameters<Middleware>[0]; attempt: number },
): Promise<TransportResponse> {
  const given: TransportResponse[] = [];
  const nextAndRemember: Transport['send'] = async (inner) => {
    const response = await next(inner);
    given.push(response);
    return response;
  };
  let kept: TransportResponse | undefined;
  try {
    const response = await wrap(request, nextAndRemember, { attempt });
    if (!response?.headers) throw invalidOption('middleware', 'a list of functions that give a response each');
    // A response that is not one of them was most likely built around the last one.
    kept = given.includes(response) ? response : given.at(-1);
    return response;
  } catch (error) {
    throw toCallbackError('middleware', error);
  } finally {
    for (const response of given) if (response !== kept) response.cancel();
  }
}
