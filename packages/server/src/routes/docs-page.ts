import type { Handler } from 'hono';
import { setHeader } from '../http/answer-headers.js';
import type { AppEnv } from '../http/app-env.js';
import { type StaticFiles, toFileResponse } from '../http/static-files.js';
import { toOwnPath } from '../http/to-own-path.js';
import { toRoot } from '../http/to-root.js';
import type { PageLibrary } from '../pages/page-library.js';
import { toMissingResponse } from './missing-page.js';

/** `GET /docs/*`: the pages that the `site` provider answers from, and their pictures. */
export function createDocsPage(pages: PageLibrary | undefined, pictures: StaticFiles): Handler<AppEnv> {
  return (context) => {
    const path = toOwnPath(context, '/docs/*');
    const name = decodeName(path.slice('/docs/'.length));
    const picture = pictures.get(name);
    if (picture?.type.startsWith('image/')) return toFileResponse(context, picture, 'no-cache');
    const html = pages?.render(name, toRoot(path));
    if (html === undefined) return toMissingResponse(context, pages, toRoot(path));
    setHeader(context, 'cache-control', 'no-cache');
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
