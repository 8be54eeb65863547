import type { Handler } from 'hono';
import type { ModelCatalog } from '../chat/model-catalog.js';
import { ApiError } from '../errors/api-error.js';
import type { AppEnv } from '../http/app-env.js';
import type { Routing } from '../routing/index.js';

/**
 * `GET /ready`: a provider can answer now. Judged by what is known: no provider is called for it. While the server stops, the
 * drain has answered 503 before this.
 */
export function createReady({ catalog, routing }: { catalog: ModelCatalog; routing: Routing }): Handler<AppEnv> {
  return (context) => {
    const { ready, retryInMs } = routing.candidates(catalog.targets());
    if (ready.length > 0) return context.json({ status: 'ready' });
    throw new ApiError({
      status: 503,
      code: 'service_unavailable',
      message: 'No provider can be asked at the moment.',
      retryAfterMs: retryInMs,
    });
  };
}
