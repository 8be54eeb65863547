import type { FeatureHost } from '../feature.js';

/** Keeps to the panel what turns or pushes it: a page that scrolls by itself would scroll in its place. */
export function keepScroll(chat: FeatureHost): void {
  const onMove = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('.panel')) event.stopPropagation();
  };
  for (const type of ['wheel', 'touchmove']) chat.renderRoot.addEventListener(type, onMove, { passive: true });
}
