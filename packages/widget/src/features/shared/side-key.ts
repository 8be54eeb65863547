import type { FeatureHost } from '../feature.js';
import { toKeyPrefix } from '../to-key-prefix.js';

/**
 * Names the key of what a feature keeps beside the conversations of a chat. The keys of those begin with the prefix: here it
 * stands at the end.
 */
export function toSideKey(chat: FeatureHost, name: string): string {
  return `${name}|${toKeyPrefix(chat)}`;
}

/** Tells whether a key is one of these. */
export function isSideKey(chat: FeatureHost, key: string): boolean {
  return key.endsWith(toSideKey(chat, ''));
}
