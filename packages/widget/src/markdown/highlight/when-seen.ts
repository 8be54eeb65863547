/** Weak, as the observer is: what leaves the page unseen is let go of, and nobody waits for it any more. */
const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Waits until an element is in view, or nearly so; without an end for one that never is. */
export function whenSeen(element: Element): Promise<void> {
  // A reader who scrolls finds done what comes into view.
  observer ??= new IntersectionObserver(onSight, { scrollMargin: '400px' });
  observer.observe(element);
  return new Promise((resolve) => void waiting.set(element, resolve));
}

function onSight(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer?.unobserve(target);
    waiting.get(target)?.();
    waiting.delete(target);
  }
}
