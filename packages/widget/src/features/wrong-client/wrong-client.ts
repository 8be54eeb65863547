import type { Feature } from '../feature.js';

/** Tells the page's author of a `client` that is none: each question would fail at it without a word of why. */
export function createFeature(): Feature {
  reportError(new TypeError('client needs send(), such as { send: nova.chat.stream }'));
  return {};
}
