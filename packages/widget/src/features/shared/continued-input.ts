import type { ChatInput } from '@nova-chat/client/conversation';

/**
 * Marks a request that continues an answer: it ends with what has been said and the instruction to continue. Tells whether
 * something has come that is not shown yet, as it may repeat what has been said. A copy of the request keeps it.
 */
export const isHeld: unique symbol = Symbol('isHeld');

/** A request that may continue an answer. */
export interface ContinuedInput extends ChatInput {
  [isHeld]?: (() => boolean) | undefined;
}
