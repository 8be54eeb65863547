/** Weak, as the observer is: what leaves the page unseen is released, and no longer waited for. */
const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Waits until an element is in view, or nearly so; without an end for one that never is. */
export function whenSeen(element: Element): Promise<void> {
  // Code is coloured before a reader scrolls to it.
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
