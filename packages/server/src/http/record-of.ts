import type { Context } from 'hono';
import type { RequestRecord } from '../observe/request-record.js';
import type { AppEnv } from './app-env.js';

/** Gives the record of a request, the same each time, also when requests are not logged. */
export function recordOf(context: Context<AppEnv>): RequestRecord {
  const record = context.get('record') ?? {};
  context.set('record', record);
  return record;
}
