import type { Context, MiddlewareHandler } from 'hono';
import type { Logger } from '../observe/create-logger.js';
import type { AppEnv } from './app-env.js';
import { recordOf } from './record-of.js';

/** Hidden in the log: knowing it is enough to read the stream. */
const streamId = /\bst_[\w-]{22}/;

/** Writes one line a request, when its response has ended. Never a body, a header, a key or a query string. */
export function createRequestLog(logger: Logger): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const startedAt = performance.now();
    const record = recordOf(context);
    await next();
    if (context.error && record.code === 'server_error') record.faults = [context.error];
    if (record.ended) deferred(record.ended, () => writeLine(logger, context, startedAt));
    else writeLine(logger, context, startedAt);
  };
}

/** Waits outside the request: the response must go out before its stream can end. */
function deferred(ended: Promise<void>, write: () => void): void {
  void ended.then(write, write);
}

function writeLine(logger: Logger, context: Context<AppEnv>, startedAt: number): void {
  const record = recordOf(context);
  for (const fault of record.faults ?? []) {
    logger.error({ request_id: context.get('requestId'), err: fault }, 'internal error');
  }
  logger.info(
    {
      request_id: context.get('requestId'),
      method: context.req.method,
      path: context.req.path.slice(0, 200).replace(streamId, 'st_…'),
      status: record.outcome === 'aborted' && record.code === 'aborted' ? 499 : context.res.status,
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
      provider: record.provider,
      model: record.model,
      outcome: record.outcome,
      code: record.code,
      attempts: record.attempts,
      failures: record.failures,
      switches: record.switches,
      first_token_ms: record.firstTokenMs,
      prompt_tokens: record.promptTokens,
      completion_tokens: record.completionTokens,
    },
    'request',
  );
}
