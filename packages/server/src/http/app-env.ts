import type { HttpBindings } from '@hono/node-server';
import type { RequestRecord } from '../observe/request-record.js';

/** Hono's type parameters of this app. `app.request()` in tests has no Node bindings. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; record: RequestRecord | undefined };
}
