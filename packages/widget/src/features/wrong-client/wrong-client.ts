import type { Feature } from '../feature.js';

/** Tells the page's author of a `client` that is not one: each question would fail without saying why. */
export function createFeature(): Feature {
  reportError(new TypeError('client needs send(), such as { send: nova.chat.stream }'));
  return {};
}
