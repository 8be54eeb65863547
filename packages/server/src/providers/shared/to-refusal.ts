import { isNovaError } from '@nova-chat/client/stream';
import type { Refusal } from '../provider.js';

/** Tries a conversion; says what of a request it has no way to carry, by the caller error that it throws. */
export function toRefusal(convert: () => unknown): Refusal | undefined {
  try {
    convert();
    return undefined;
  } catch (error) {
    if (!isNovaError(error) || error.code !== 'bad_request' || !error.body) throw error;
    const { param, message, code } = error.body;
    return { param: param ?? '', message, ...(code ? { code } : {}) };
  }
}
