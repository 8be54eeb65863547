import type { Context } from 'hono';
import { routePath } from 'hono/route';

/** Gives the path of a request to a route such as `/docs/*`, without what another app has this one below. */
export function toOwnPath(context: Context, route: string): string {
  return context.req.path.slice(routePath(context).length - route.length);
}
