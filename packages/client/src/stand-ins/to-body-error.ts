import { isNovaError, NovaError } from '../errors/nova-error.js';

/** Converts what a body threw while it was read. A browser tells bad compression from a broken connection by nothing. */
export function toBodyError(cause: unknown): NovaError {
  const message = 'The connection broke in mid-stream.';
  return isNovaError(cause) ? cause : new NovaError({ code: 'stream_interrupted', message, cause });
}
