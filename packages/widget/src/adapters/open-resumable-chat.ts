import { createResumableChat, type ResumableChat } from '@nova-chat/client';
import { type ClientTransportOptions, toBaseUrl, toClientOptions } from './client-transport.js';

export type { ResumableAnswer, ResumableChat } from '@nova-chat/client';

/** Asks the same server as the built-in client, so that answers can be picked up. */
export function openResumableChat(options: Omit<ClientTransportOptions, 'model'>): ResumableChat {
  return createResumableChat(toClientOptions(options));
}

/** Tells whether an endpoint is on the host of the page, where no request needs a leave for its headers. */
export function isOnSameOrigin(endpoint: string): boolean {
  return new URL(toBaseUrl(endpoint)).origin === location.origin;
}
