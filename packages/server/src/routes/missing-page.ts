import type { Context } from 'hono';
import { ApiError } from '../errors/api-error.js';
import { addVary } from '../http/answer-headers.js';
import type { AppEnv } from '../http/app-env.js';
import { toErrorResponse } from '../http/error-response.js';
import { pageHeaders } from '../http/page-headers.js';
import { toRoot } from '../http/to-root.js';
import type { PageLibrary } from '../pages/page-library.js';
import { toAddressHint } from './to-address-hint.js';

/** Answers for an address that leads nowhere: a browser gets a page, programs get the error as JSON. */
export async function toMissingResponse(
  context: Context<AppEnv>,
  pages: PageLibrary | undefined,
  root: string = toRoot(context.req.path),
): Promise<Response> {
  const { method, path } = context.req;
  const error = new ApiError({
    status: 404,
    code: 'not_found',
    message: `Unknown address: ${method} ${path.slice(0, 100)}.${toAddressHint(path)}`,
  });
  const response = toErrorResponse(context, error);
  if (pages === undefined || !wantsPage(context)) return response;
  await pageHeaders(context, () => Promise.resolve());
  addVary(context, 'Accept');
  return context.html(pages.renderMissing(root), 404);
}

/** Browsers name HTML when they open an address; scripts, curl and clients take anything. */
function wantsPage({ req }: Context<AppEnv>): boolean {
  if (req.method !== 'GET' || req.path.startsWith('/v1/')) return false;
  return /\btext\/html\b/.test(req.header('accept') ?? '');
}
