const gapPx = 8;

/** Puts a preview above a source, or below it where there is more room, inside of the panel. */
export function placeAt(preview: HTMLElement, source: HTMLElement): void {
  const panel = preview.closest('.panel')?.getBoundingClientRect();
  if (!panel) return;
  const { top, bottom } = source.getBoundingClientRect();
  const isAbove = top - panel.top > panel.bottom - bottom;
  // The rule of the CSSOM: a strict policy stops style attributes, and not this.
  preview.style.setProperty(
    isAbove ? 'bottom' : 'top',
    `${isAbove ? panel.bottom - top + gapPx : bottom - panel.top + gapPx}px`,
  );
  preview.style.setProperty('max-height', `${(isAbove ? top - panel.top : panel.bottom - bottom) - 2 * gapPx}px`);
  preview.style.setProperty(isAbove ? 'top' : 'bottom', 'auto');
}
