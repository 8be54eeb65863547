import type { Handler } from 'hono';
import type { ModelCatalog } from '../chat/model-catalog.js';
import { setHeader } from '../http/answer-headers.js';
import type { AppEnv } from '../http/app-env.js';
import type { Routing } from '../routing/index.js';

export interface ProvidersHealthOptions {
  catalog: ModelCatalog;
  routing: Routing;
  /** What the transport says of a provider's connections. */
  poolStats?: ((provider: string) => unknown) | undefined;
}

/** `GET /providers/health`: what the calls so far say of each provider. Calls no provider, and costs nothing. */
export function createProvidersHealth({ catalog, routing, poolStats }: ProvidersHealthOptions): Handler<AppEnv> {
  return (context) => {
    setHeader(context, 'cache-control', 'no-store');
    return context.json(routing.report(catalog.targets(), poolStats));
  };
}
