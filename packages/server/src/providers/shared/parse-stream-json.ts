import { NovaError } from '@nova-chat/client/stream';
import { isRecord, parseJson } from './json-value.js';

/** Parses one message of a stream. Throws `invalid_stream` when it is no JSON object; what it said is not repeated. */
export function parseStreamJson(data: string): Record<string, unknown> {
  const value = parseJson(data);
  if (isRecord(value)) return value;
  throw new NovaError({
    code: 'invalid_stream',
    message: `The stream holds something that is not a JSON object (${data.length} characters).`,
  });
}
