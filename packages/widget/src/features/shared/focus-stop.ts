import type { FeatureHost } from '../feature.js';

/**
 * Goes to the button that stops the answer, when the control that asked for it goes away with the click. Opens no
 * on-screen keyboard.
 */
export function focusStop({ renderRoot }: FeatureHost): void {
  renderRoot.querySelector<HTMLElement>('.send')?.focus({ preventScroll: true });
}
