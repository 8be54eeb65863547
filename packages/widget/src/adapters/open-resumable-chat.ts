import { createResumableChat, type ResumableChat } from '@nova-chat/client';
import { type ClientTransportOptions, toBaseUrl, toClientOptions } from './client-transport.js';

export type { ResumableAnswer, ResumableChat } from '@nova-chat/client';

/** Asks the same server as the built-in client, so that answers can be picked up. */
export function openResumableChat(options: Omit<ClientTransportOptions, 'model'>): ResumableChat {
  return createResumableChat(toClientOptions(options));
}

/**
 * Tells whether an endpoint takes our headers for sure: it is on the host of the page, where no request needs a leave for
 * them, or a script of the page has come from its `/widget/`, as from a server of ours.
 */
export function isSurelyResumable(endpoint: string): boolean {
  const base = toBaseUrl(endpoint);
  return (
    new URL(base).origin === location.origin ||
    [...document.scripts].some(({ src }) => src.startsWith(`${base}/widget/`))
  );
}
