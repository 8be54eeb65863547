const shownMs = 2000;

/** Copies the code of the block that the clicked button belongs to, and lets the button say so for a moment. */
export async function copyCode(event: Event): Promise<void> {
  const button = event.currentTarget;
  if (!(button instanceof HTMLElement)) return;
  const code = button.closest('.code')?.querySelector('code');
  if (!code || !(await copy(code))) return;
  button.toggleAttribute('data-copied', true);
  setTimeout(() => button.toggleAttribute('data-copied', false), shownMs);
}

async function copy(code: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    return true;
  } catch {
    // No clipboard on a page without TLS, or no permission: leave the code selected, one key away from a copy.
    getSelection()?.selectAllChildren(code);
    return false;
  }
}
