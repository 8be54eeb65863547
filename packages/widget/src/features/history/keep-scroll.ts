import type { FeatureHost } from '../feature.js';

/**
 * Keeps to the chat what turns or pushes something of it that scrolls: a page that scrolls by itself would scroll in its
 * place.
 */
export function keepScroll(chat: FeatureHost): void {
  const root = chat.renderRoot;
  const onMove = (event: Event): void => {
    const path = event.composedPath();
    if (path.slice(0, path.indexOf(root)).some(canScroll)) event.stopPropagation();
  };
  for (const type of ['wheel', 'touchmove']) root.addEventListener(type, onMove, { passive: true });
}

function canScroll(node: EventTarget): boolean {
  if (!(node instanceof Element) || node.scrollHeight <= node.clientHeight) return false;
  return /auto|scroll/.test(getComputedStyle(node).overflowY);
}
