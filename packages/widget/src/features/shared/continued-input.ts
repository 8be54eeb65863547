import type { ChatInput } from '@nova-chat/client/conversation';

/**
 * Says of a request that it goes on with an answer: it ends in what has been said and in the wish for more. Tells whether
 * something has come that is not shown yet, as it may say again what has been said. Whoever copies the request takes it along.
 */
export const isHeld: unique symbol = Symbol('isHeld');

/** A request that may go on with an answer. */
export interface ContinuedInput extends ChatInput {
  [isHeld]?: (() => boolean) | undefined;
}
