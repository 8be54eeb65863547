import type { Handler } from 'hono';
import type { AppEnv } from '../http/app-env.js';

/** `GET /health`: the process lives. Touches nothing, costs nothing, needs nothing. */
export const health: Handler<AppEnv> = (context) => context.json({ status: 'ok' });
