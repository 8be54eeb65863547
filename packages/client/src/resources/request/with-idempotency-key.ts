import type { CallOptions } from '../../client-options.js';

/** Puts the key that was asked for into the headers: once a call, so that all its attempts have the same. */
export function withIdempotencyKey<T extends CallOptions>(call: T): T {
  const { idempotencyKey } = call;
  if (!idempotencyKey) return call;
  const key = idempotencyKey === true ? createKey() : idempotencyKey;
  return { ...call, headers: { ...call.headers, 'idempotency-key': key } };
}

/** Not `randomUUID`: a page on plain http has none. */
function createKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
