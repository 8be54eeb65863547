import { NovaError } from '../errors/nova-error.js';
import type { NovaErrorCode } from '../protocol/index.js';

const subjects: Partial<Record<NovaErrorCode, string>> = {
  event_too_large: 'An event of the stream is',
  stream_truncated: 'The stream ended before the answer did:',
  invalid_stream: 'The stream is no answer:',
};

/** Creates the error of a stream that went wrong; `detail` never holds what the stream said. */
export function createStreamFailure(code: NovaErrorCode, detail: string, cause?: unknown): NovaError {
  return new NovaError({ code, message: `${subjects[code] ?? code} ${detail}.`, cause });
}
