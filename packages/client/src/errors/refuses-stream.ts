import { isNovaError } from './nova-error.js';

/**
 * Tells the error of a server that refuses to stream, and that may be asked for the whole answer: status 405, 406 or 501,
 * or a 400 or 422 that is about `stream`, by name or in words.
 */
export function refusesStream(error: unknown): boolean {
  if (!isNovaError(error) || error.status === undefined) return false;
  if ([405, 406, 501].includes(error.status)) return true;
  const { param, message } = error.body ?? {};
  return [400, 422].includes(error.status) && (param === 'stream' || /\bstream(?:ing|s)?\b/i.test(message ?? ''));
}
