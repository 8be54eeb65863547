import type { NovaUser } from '../../nova-chat/nova-chat-properties.js';

/** Gives the headers that say who asks: none of a visitor without a token. */
export function toAuthorization(user: NovaUser | undefined): Record<string, string> {
  return user?.token ? { authorization: `Bearer ${user.token}` } : {};
}
