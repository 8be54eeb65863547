const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Waits until an element is in view, or nearly so. One that nobody ever looks at waits for ever, and holds nothing. */
export function whenSeen(element: Element): Promise<void> {
  // A reader who scrolls finds done what comes into view.
  observer ??= new IntersectionObserver(wake, { scrollMargin: '400px' });
  observer.observe(element);
  return new Promise((resolve) => waiting.set(element, resolve));
}

function wake(entries: readonly IntersectionObserverEntry[], seen: IntersectionObserver): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    waiting.get(target)?.();
  }
}
