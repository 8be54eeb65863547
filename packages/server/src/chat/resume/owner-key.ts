import { createHash, timingSafeEqual } from 'node:crypto';

/** Turns the credentials of a caller into what a log keeps of them. Without credentials: an empty string. */
export function toOwnerKey(credentials: string): string {
  return createHash('sha256').update(credentials).digest('base64url');
}

/** Compares two owner keys in a time that does not tell how much of them agrees. */
export function isSameOwner(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
