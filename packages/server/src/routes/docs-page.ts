import type { Handler } from 'hono';
import { ApiError } from '../errors/api-error.js';
import type { AppEnv } from '../http/app-env.js';
import { type StaticFiles, toFileResponse } from '../http/static-files.js';
import type { PageLibrary } from '../pages/page-library.js';

/** `GET /docs/*`: the pages that the `site` provider answers from, and their pictures. */
export function createDocsPage(pages: PageLibrary, pictures: StaticFiles): Handler<AppEnv> {
  return (context) => {
    const name = decodeName(context.req.path.slice('/docs/'.length));
    const picture = pictures.get(name);
    if (picture?.type.startsWith('image/')) return toFileResponse(context, picture, 'no-cache');
    const html = pages.render(name);
    if (html === undefined) throw new ApiError({ status: 404, code: 'not_found', message: 'There is no such page.' });
    context.header('cache-control', 'no-cache');
    return context.html(html);
  };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
