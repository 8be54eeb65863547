import { findCauseCode } from './find-cause-code.js';
import { isNovaError, NovaError } from './nova-error.js';

/** Converts what a body threw while it was read: `stream_interrupted`, or `decode_error` for bad compression. */
export function toBodyError(error: unknown): NovaError {
  if (isNovaError(error)) return error;
  const code = findCauseCode(error);
  // zlib's codes: what came is not what `content-encoding` says.
  if (/^(?:Z_|ERR_(?:_ERROR_|BROTLI|PADDING))/.test(code)) {
    return new NovaError({
      code: 'decode_error',
      message: `The body cannot be decompressed as its content-encoding says (${code}).`,
      cause: error,
    });
  }
  return new NovaError({
    code: 'stream_interrupted',
    message: `The connection broke while the answer was read${code && ` (${code})`}.`,
    cause: error,
  });
}
