import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

/** What may go into a log line and back into a header as it came. */
const safeId = /^[\w.:/+=@-]{1,128}$/;

/** Takes over the caller's `x-request-id` when it is safe, else makes one, and answers with it. */
export const requestId: MiddlewareHandler<AppEnv> = (context, next) => {
  const given = context.req.header('x-request-id');
  const id = given !== undefined && safeId.test(given) ? given : `req_${randomUUID()}`;
  context.set('requestId', id);
  setHeader(context, 'x-request-id', id);
  return next();
};
