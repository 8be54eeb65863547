const focusable = 'button, a[href], textarea, [tabindex="0"]';

/** Leads Tab from the last control of a modal panel to its first, and back. */
export function keepFocusInside(panel: HTMLElement, active: Element | null, event: KeyboardEvent): void {
  const controls = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((control) => control.checkVisibility());
  const edge = controls.at(event.shiftKey ? 0 : -1);
  if (active !== edge) return;
  event.preventDefault();
  controls.at(event.shiftKey ? -1 : 0)?.focus();
}
