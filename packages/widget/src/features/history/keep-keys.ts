import type { FeatureHost } from '../feature.js';

/** Keys that a page may mean wherever they are pressed. */
const ofThePage = /^(?:Escape|Tab|F\d+)$/;

/**
 * Keeps to the chat what is typed into its fields. A page is told of `<nova-chat>` in their place, takes that for none, and
 * would do what a `/` or an arrow does elsewhere on it.
 */
export function keepKeys(chat: FeatureHost): void {
  const onKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const [target] = event.composedPath();
    // Not one that the page has put into a slot.
    const isOwn =
      target instanceof Element && target.matches('input, textarea, select') && chat.renderRoot.contains(target);
    if (isOwn && !ctrlKey && !metaKey && !altKey && !ofThePage.test(key)) event.stopPropagation();
  };
  for (const type of ['keydown', 'keypress', 'keyup'] as const) chat.addEventListener(type, onKey);
}
