import type { Handler } from 'hono';
import { setHeader } from '../http/answer-headers.js';
import type { AppEnv } from '../http/app-env.js';
import { type StaticFiles, toFileResponse } from '../http/static-files.js';
import { toOwnPath } from '../http/to-own-path.js';

/** A folder that is named after the hash of what is in it, as the bundler writes it: such a file never changes. */
const hashed = /^[0-9a-f]{6}\//;

/** `GET /widget/*`: the widget's built files, for pages of any origin. */
export function createWidgetFiles(files: StaticFiles): Handler<AppEnv> {
  return (context) => {
    const name = toOwnPath(context, '/widget/*').slice('/widget/'.length);
    setHeader(context, 'access-control-allow-origin', '*');
    setHeader(context, 'cross-origin-resource-policy', 'cross-origin');
    return toFileResponse(
      context,
      files.get(name),
      hashed.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=300, must-revalidate',
    );
  };
}
