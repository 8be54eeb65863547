import type { Handler } from 'hono';
import type { AppEnv } from '../http/app-env.js';

/** `GET /ping`. */
export const ping: Handler<AppEnv> = (context) => context.text('pong');
