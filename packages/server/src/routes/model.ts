import type { Handler } from 'hono';
import type { ModelCatalog } from '../chat/model-catalog.js';
import type { AppEnv } from '../http/app-env.js';

/** `GET /v1/models/{id}`; the id may hold slashes, as they are or as `%2F`. */
export function createModel(catalog: ModelCatalog): Handler<AppEnv> {
  return (context) => context.json(catalog.find(context.req.param('id') ?? ''));
}
