import type { Handler } from 'hono';
import type { AppEnv } from '../http/app-env.js';
import { type StaticFiles, toFileResponse } from '../http/static-files.js';

/** `GET /`: the demo page, and under `/demo/*` its style and pictures. */
export function createDemoPage(files: StaticFiles): Handler<AppEnv> {
  return (context) => {
    const name = context.req.path === '/' ? 'index.html' : context.req.path.slice('/demo/'.length);
    return toFileResponse(context, files.get(name), 'no-cache');
  };
}
