import type { ChatInput } from '@nova-chat/client/conversation';
import type { Thread } from './thread.js';

/** Says in a request which thread asks. JSON does not see it, and whoever copies a request takes it along. */
export const askedBy: unique symbol = Symbol('askedBy');

/** A request that may say which thread asks. */
export interface ThreadInput extends ChatInput {
  [askedBy]?: Thread | undefined;
}
