import type { Context, MiddlewareHandler } from 'hono';
import { addVary, setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

const exposedHeaders = 'x-request-id, retry-after, x-should-retry, nova-provider, nova-stream-id';
const allowedMethods = 'GET, HEAD, POST, DELETE, OPTIONS';
/** Browsers ask for the names that a page wants to send; official clients send a dozen of their own. */
const headerNames = /^[\w\- ,]{1,1024}$/;

/**
 * Lets pages of the given origins use the API; `*` lets any page, and then without credentials, since no cookie or
 * login of the browser is ever asked for. Answers `OPTIONS` before anything else looks at it.
 *
 * Sets headers through the context before the route runs, and not on a finished response: Hono then copies the
 * response, and a copied stream loses the adapter's direct path to the socket.
 */
export function createCors(allowedOrigins: readonly string[]): MiddlewareHandler<AppEnv> {
  const any = allowedOrigins.includes('*');
  const listed = new Set(allowedOrigins);
  return (context, next) => {
    const origin = context.req.header('origin');
    const allowed = any ? '*' : origin !== undefined && listed.has(origin) ? origin : undefined;
    if (!any) addVary(context, 'Origin');
    if (allowed !== undefined) {
      setHeader(context, 'access-control-allow-origin', allowed);
      setHeader(context, 'access-control-expose-headers', exposedHeaders);
    }
    if (context.req.method === 'OPTIONS') return answerPreflight(context, allowed !== undefined);
    return next();
  };
}

async function answerPreflight(context: Context<AppEnv>, allowed: boolean): Promise<Response> {
  if (allowed) {
    const wanted = context.req.header('access-control-request-headers');
    setHeader(context, 'access-control-allow-methods', allowedMethods);
    if (wanted !== undefined && headerNames.test(wanted)) setHeader(context, 'access-control-allow-headers', wanted);
    setHeader(context, 'access-control-max-age', '7200');
    addVary(context, 'Access-Control-Request-Headers');
  }
  return context.body(null, 204);
}
