import type { Conversation, ConversationListener, ConversationState } from '@nova-chat/client/conversation';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Ties an element to a conversation: `listener` hears every change at once, the element renders at most once a frame.
 * A hidden tab has no frames, so it renders once when it is shown again.
 */
export class StoreController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listener: ConversationListener;
  #conversation: Conversation;
  #leave: (() => void) | undefined;
  #frame = 0;

  constructor(host: ReactiveControllerHost, conversation: Conversation, listener: ConversationListener) {
    this.#host = host;
    this.#conversation = conversation;
    this.#listener = listener;
    host.addController(this);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  get state(): ConversationState {
    return this.#conversation.getState();
  }

  /** Shows another conversation from now on. For `listener` nothing has happened in it: its states are the same. */
  follow(conversation: Conversation): void {
    const isConnected = this.#leave !== undefined;
    this.hostDisconnected();
    this.#conversation = conversation;
    if (!isConnected) return;
    this.hostConnected();
    this.#listener(this.state, this.state);
  }

  hostConnected(): void {
    this.#leave = this.#conversation.subscribe((state, previous) => {
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#host.requestUpdate();
      });
      this.#listener(state, previous);
    });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
