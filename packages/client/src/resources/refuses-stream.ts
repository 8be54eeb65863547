import { isNovaError } from '../errors/nova-error.js';

/** Tells an answer that says: not as a stream. Such a server is asked once more, without. */
export function refusesStream(error: unknown): boolean {
  if (!isNovaError(error) || error.status === undefined) return false;
  if ([405, 406, 501].includes(error.status)) return true;
  const { param, message } = error.body ?? {};
  return [400, 422].includes(error.status) && (param === 'stream' || /\bstream(?:ing|s)?\b/i.test(message ?? ''));
}
