import type { FeatureHost } from './feature.js';

/** Stands in front of the keys of all that is kept of a chat: one for each endpoint and each `id` of an element. */
export function toKeyPrefix({ endpoint, id }: FeatureHost): string {
  return `nova-chat|${endpoint}|${id}|`;
}
