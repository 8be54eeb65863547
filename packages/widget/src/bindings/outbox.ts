import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface OutboxHost extends ReactiveControllerHost {
  readonly conversation: { getState(): ConversationState };
  retry(): boolean;
}

/** Once the browser is online again, asks a question that found it offline, and has the chat look for what it lacks. */
export class Outbox implements ReactiveController, EventListenerObject {
  readonly #host: OutboxHost;

  constructor(host: OutboxHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this);
  }

  hostDisconnected(): void {
    removeEventListener('online', this);
  }

  handleEvent(): void {
    const { conversation } = this.#host;
    if (lastMessage(conversation.getState())?.error?.code === 'offline') this.#host.retry();
    this.#host.requestUpdate();
  }
}
