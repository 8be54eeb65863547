import type { ChatInput, Conversation } from '@nova-chat/client/conversation';

/** Says in a request who asks, which may not be in view. JSON does not see it, and whoever copies a request takes it along. */
export const askedBy: unique symbol = Symbol('askedBy');

/** A request that may say which conversation asks. */
export interface AskedInput extends ChatInput {
  [askedBy]?: { readonly conversation: Conversation } | undefined;
}
