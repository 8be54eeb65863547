import { isNovaError } from '@nova-chat/client/stream';

/** Tells an answer that says: not as a stream. Such a provider is asked once more, for the whole answer. */
export function refusesStream(error: unknown): boolean {
  if (!isNovaError(error)) return false;
  const { status, body } = error;
  if (status === 405 || status === 406 || status === 501) return true;
  return (status === 400 || status === 422) && body?.param === 'stream';
}
