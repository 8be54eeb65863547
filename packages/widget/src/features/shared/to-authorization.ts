import type { NovaUser } from '../../nova-chat/nova-chat-properties.js';

/** Gives the `Authorization` header of a visitor; no header without a token. */
export function toAuthorization(user: NovaUser | undefined): Record<string, string> {
  return user?.token ? { authorization: `Bearer ${user.token}` } : {};
}
