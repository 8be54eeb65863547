import type { ChatInput, Conversation } from '@nova-chat/client/conversation';

/** Names in a request the thread that asks, which may not be shown. JSON leaves it out, and a copy of the request keeps it. */
export const askedBy: unique symbol = Symbol('askedBy');

/** A request that may say which conversation asks. */
export interface AskedInput extends ChatInput {
  [askedBy]?: { readonly conversation: Conversation } | undefined;
}
