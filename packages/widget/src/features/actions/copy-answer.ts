const shownMs = 2000;

/** Copies an answer as Markdown, which its writer chose, and lets the clicked button say so for a moment. */
export async function copyAnswer({ currentTarget }: Event, text: string, onCopied: () => void): Promise<void> {
  const button = currentTarget as HTMLElement;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard on a page without TLS, or no permission: leave the answer selected, one key away from a copy.
    const answer = button.closest('.message')?.querySelector('.bubble');
    if (answer) getSelection()?.selectAllChildren(answer);
    return;
  }
  onCopied();
  button.toggleAttribute('data-copied', true);
  setTimeout(() => button.toggleAttribute('data-copied', false), shownMs);
}
