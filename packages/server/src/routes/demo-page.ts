import type { Handler } from 'hono';
import type { AppEnv } from '../http/app-env.js';
import { type StaticFiles, toFileResponse } from '../http/static-files.js';
import { toOwnPath } from '../http/to-own-path.js';

/** `GET /`: the demo page. */
export function createDemoPage(files: StaticFiles): Handler<AppEnv> {
  return (context) => toFileResponse(context, files.get('index.html'), 'no-cache');
}

/** `GET /demo/*`: style and pictures of the pages. */
export function createDemoFiles(files: StaticFiles): Handler<AppEnv> {
  return (context) =>
    toFileResponse(context, files.get(toOwnPath(context, '/demo/*').slice('/demo/'.length)), 'no-cache');
}
