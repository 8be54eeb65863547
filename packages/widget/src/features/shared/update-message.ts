import type { LitElement } from 'lit';

/** Renders the one message again that a control stands in, and waits for it. Gives that message's element. */
export async function updateMessage({ currentTarget }: Event): Promise<HTMLElement | undefined> {
  const message = (currentTarget as HTMLElement).closest<LitElement>('nova-message');
  message?.requestUpdate();
  await message?.updateComplete;
  return message ?? undefined;
}
