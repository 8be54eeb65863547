/** Leads Tab from the last control of a modal panel to its first, and back. */
export function keepFocusInside(panel: HTMLElement, event: KeyboardEvent): void {
  const { shiftKey } = event;
  // Not the active element of the panel's root: that is null while a control of the page has the focus.
  if (event.composedPath()[0] !== findEdge(panel, !shiftKey)) return;
  event.preventDefault();
  findEdge(panel, shiftKey)?.focus();
}

/** Finds the first control, or the last, in the order of what is seen: the page's own stand where their slot does. */
function findEdge(element: Element, isLast: boolean): HTMLElement | undefined {
  if (!(element instanceof HTMLElement) || element.inert) return undefined;
  const own = isControl(element) ? element : undefined;
  if (own && !isLast) return own;
  const inner =
    element instanceof HTMLSlotElement
      ? element.assignedElements({ flatten: true })
      : [...(element.shadowRoot ?? element).children];
  for (const one of isLast ? inner.reverse() : inner) {
    const found = findEdge(one, isLast);
    if (found) return found;
  }
  return own;
}

function isControl(element: HTMLElement): boolean {
  return (
    element.tabIndex >= 0 &&
    !element.matches(':disabled, a:not([href])') &&
    element.checkVisibility({ visibilityProperty: true })
  );
}
