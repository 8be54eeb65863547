import type { ConversationAction } from './conversation-action.js';
import { conversationReducer } from './conversation-reducer.js';
import { type ConversationState, emptyConversation } from './conversation-state.js';

/** Gets the new state and the one before it, right after a change. */
export type ConversationListener = (state: ConversationState, previous: ConversationState) => void;

/** Holds the state of one conversation; `dispatch` is the only way to change it. */
export interface ConversationStore {
  getState(): ConversationState;
  /** Calls `listener` after each change; returns the function that unsubscribes it. */
  subscribe(listener: ConversationListener): () => void;
  dispatch(action: ConversationAction): void;
}

/** Creates a store with nothing said in it. */
export function createConversationStore(): ConversationStore {
  let state = emptyConversation;
  const listeners = new Set<ConversationListener>();
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispatch(action) {
      const previous = state;
      state = conversationReducer(previous, action);
      if (state === previous) return;
      for (const listener of listeners) {
        try {
          listener(state, previous);
        } catch (error) {
          // Reported as an uncaught error; neither the other listeners nor the answer suffer from it.
          void Promise.reject(error);
        }
      }
    },
  };
}
