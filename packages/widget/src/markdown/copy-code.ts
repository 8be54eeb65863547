const shownMs = 2000;

/** Copies the code of the block that a button belongs to, and lets the button say so for a moment. */
export async function copyCode(button: Element): Promise<void> {
  const code = button.closest('.code')?.querySelector('code');
  if (!code) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
  } catch {
    // No clipboard on a page without TLS, or no permission: leave the code selected, one key away from a copy.
    getSelection()?.selectAllChildren(code);
    return;
  }
  button.toggleAttribute('data-copied', true);
  setTimeout(() => button.toggleAttribute('data-copied', false), shownMs);
}
