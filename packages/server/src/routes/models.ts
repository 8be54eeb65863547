import type { Handler } from 'hono';
import type { ModelCatalog } from '../chat/model-catalog.js';
import type { AppEnv } from '../http/app-env.js';

/** `GET /v1/models`. */
export function createModels(catalog: ModelCatalog): Handler<AppEnv> {
  return (context) => context.json(catalog.list());
}
