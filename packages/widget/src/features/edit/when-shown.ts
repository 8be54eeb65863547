import type { FeatureHost } from '../feature.js';

/** Waits until all views show what the conversation has come to. */
export async function whenShown(chat: FeatureHost): Promise<void> {
  chat.requestUpdate();
  await chat.updateComplete;
  // Transcript and messages render one after the other, each in a microtask of its own.
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
