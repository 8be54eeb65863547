const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Waits until an element is in view, or nearly so, or has left the page. */
export function whenSeen(element: Element): Promise<void> {
  // A reader who scrolls finds done what comes into view.
  observer ??= new IntersectionObserver(onSight, { scrollMargin: '400px' });
  observer.observe(element);
  // An observer says nothing of what leaves the page unseen, and holds it.
  for (const other of waiting.keys()) if (!other.isConnected) wake(other);
  return new Promise((resolve) => void waiting.set(element, resolve));
}

function onSight(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) if (isIntersecting || !target.isConnected) wake(target);
}

function wake(element: Element): void {
  observer?.unobserve(element);
  waiting.get(element)?.();
  waiting.delete(element);
}
