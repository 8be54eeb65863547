import type { FeatureHost } from './feature.js';

/** Stands in front of the keys of all that is kept of a chat: one for each endpoint and each `id` of an element. */
export function toKeyPrefix({ endpoint, id }: FeatureHost): string {
  // The way to it is another one from each folder of a site.
  const place = /^\./.test(endpoint) ? new URL(endpoint, document.baseURI).href.replace(/\/+$/, '') : endpoint;
  return `nova-chat|${place}|${id}|`;
}
