import type { Handler } from 'hono';
import type { AppEnv } from '../http/app-env.js';

/** `GET /ready`: requests can be served. While the server stops, the drain has answered 503 before this. */
export const ready: Handler<AppEnv> = (context) => context.json({ status: 'ready' });
