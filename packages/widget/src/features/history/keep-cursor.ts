import type { FeatureHost } from '../feature.js';

/**
 * Restores the cursor that a chat has lost because its page has moved it: the visitor was writing. Gives what to call when
 * the chat is in a page again.
 */
export function keepCursor(chat: FeatureHost): () => void {
  const root = chat.renderRoot as ShadowRoot;
  let focused: Element | null | undefined = root.activeElement;
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) focused = target;
  });
  root.addEventListener('focusout', ({ target }) => {
    // Where it is told that an element leaves, that is before it has left.
    queueMicrotask(() => {
      if (chat.isConnected && focused === target) focused = undefined;
    });
  });
  return () => {
    // A newer focus stays.
    if (focused instanceof HTMLElement && document.activeElement === document.body)
      focused.focus({ preventScroll: true });
  };
}
