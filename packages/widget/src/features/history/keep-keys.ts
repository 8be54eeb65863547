import type { FeatureHost } from '../feature.js';

/** Keys that a page may mean wherever they are pressed. */
const ofThePage = /^(?:Escape|Tab|F\d+)$/;

/**
 * Keeps to the chat what is typed into its fields. A page is told of `<nova-chat>` in their place, takes that for none, and
 * would do what a `/` or an arrow does elsewhere on it.
 */
export function keepKeys(chat: FeatureHost): void {
  const isTyped = (event: KeyboardEvent): boolean => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const [target] = event.composedPath();
    // Not one that the page has put into a slot.
    const isOwn =
      target instanceof Element && target.matches('input, textarea, select') && chat.renderRoot.contains(target);
    return isOwn && !ctrlKey && !metaKey && !altKey && !ofThePage.test(key);
  };
  const kept = new Set<string>();
  const onPress = (event: KeyboardEvent): void => {
    if (!isTyped(event)) return;
    if (!event.repeat) kept.add(event.code);
    event.stopPropagation();
  };
  chat.addEventListener('keydown', onPress);
  chat.addEventListener('keypress', onPress);
  chat.addEventListener('keyup', (event) => {
    // One that the page has heard go down would stay pressed for it.
    if (kept.delete(event.code)) event.stopPropagation();
  });
}
