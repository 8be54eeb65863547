import { createSafeStorage } from '@nova-chat/client/conversation';
import { RememberingServer } from '../../../testing/remembering-server.js';
import { until } from '../../../testing/until.js';
import { closeTabs, type Tab, type TabOptions } from './open-tab.js';

/** Whom the tabs of the test that runs ask. */
export let server: RememberingServer;
/** What these tabs have in common. */
export let shared: Pick<TabOptions, 'storage' | 'name'>;

let platformFetch: typeof fetch;

export function begin(): void {
  server = new RememberingServer();
  shared = { storage: createSafeStorage(), name: `tabs|${crypto.randomUUID()}|` };
  platformFetch = globalThis.fetch;
  globalThis.fetch = server.fetch;
}

export function end(): void {
  closeTabs();
  globalThis.fetch = platformFetch;
}

/** Asks in a tab, and waits until the server has been asked. */
export async function ask(tab: Tab, question: string): Promise<void> {
  const before = server.asked.length;
  if (!tab.conversation.send(question)) throw new Error(`The tab did not take the question "${question}".`);
  await until(() => server.asked.length > before);
}
