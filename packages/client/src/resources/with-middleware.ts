import type { Middleware } from '../client-options.js';
import { toConnectionError } from '../errors/to-connection-error.js';
import type { Transport } from '../transport/transport.js';
import type { Deliver } from './send-request.js';

/** Puts middleware around a transport, the first outermost, and makes a `NovaError` of whatever one of them throws. */
export function withMiddleware(transport: Transport, middleware: readonly Middleware[] = []): Deliver {
  return async (request, attempt) => {
    const send = middleware.reduceRight<Transport['send']>(
      (next, wrap) => (outer) => wrap(outer, next, { attempt }),
      (inner) => transport.send(inner),
    );
    try {
      return await send(request);
    } catch (error) {
      throw toConnectionError(error, request.url);
    }
  };
}
