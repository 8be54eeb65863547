import type { Attachment, ConversationMessage } from '@nova-chat/client/conversation';
import type { ChatFailure, Outcome } from '@nova-chat/client/protocol';
import type { NovaFeedbackEvent } from './feedback-events.js';
import type { NovaConversationChangeEvent, NovaUnreadEvent } from './history-events.js';

const outward: EventInit = { bubbles: true, composed: true };

/** The element has rendered for the first time; its methods can be called. */
export class NovaReadyEvent extends Event {
  constructor() {
    super('nova-ready', outward);
  }
}

/** The visitor has left, such as by logging out: everything that is kept of them is to be forgotten. */
export class NovaShutdownEvent extends Event {
  constructor() {
    super('nova-shutdown', outward);
  }
}

/** The panel is about to be opened by a method or the launcher, or from the beginning; `preventDefault()` keeps it closed. */
export class NovaBeforeShowEvent extends Event {
  constructor() {
    super('nova-before-show', { ...outward, cancelable: true });
  }
}

/** The panel is about to be closed by a method or the visitor; `preventDefault()` keeps it open. */
export class NovaBeforeHideEvent extends Event {
  constructor() {
    super('nova-before-hide', { ...outward, cancelable: true });
  }
}

/** The panel has been opened. */
export class NovaShowEvent extends Event {
  constructor() {
    super('nova-show', outward);
  }
}

/** The panel has been closed. */
export class NovaHideEvent extends Event {
  constructor() {
    super('nova-hide', outward);
  }
}

/**
 * A question is about to be sent, for the first time or again. A new one can be changed; `preventDefault()` keeps it in the
 * input, or what is asked again as it is.
 */
export class NovaBeforeSendEvent extends Event {
  text: string;
  /** Images and text files that go along with it. */
  attachments: Attachment[] = [];

  constructor(text: string) {
    super('nova-before-send', { ...outward, cancelable: true });
    this.text = text;
  }
}

/** A question has been sent. */
export class NovaSendEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('nova-send', outward);
    this.text = text;
  }
}

/** The server has begun to answer. */
export class NovaResponseStartEvent extends Event {
  constructor() {
    super('nova-response-start', outward);
  }
}

/** An answer has ended, one way or the other. `message` holds what has arrived; a refused question is its own. */
export class NovaResponseEndEvent extends Event {
  readonly outcome: Outcome;
  readonly message: ConversationMessage;

  constructor(outcome: Outcome, message: ConversationMessage) {
    super('nova-response-end', outward);
    this.outcome = outcome;
    this.message = message;
  }
}

/** Something went wrong on the way to an answer. Shown to the visitor already. */
export class NovaErrorEvent extends Event {
  readonly error: ChatFailure;

  constructor(error: ChatFailure) {
    super('nova-error', outward);
    this.error = error;
  }
}

/** The events of `<nova-chat>`, by name. */
export interface NovaEventMap {
  'nova-ready': NovaReadyEvent;
  'nova-shutdown': NovaShutdownEvent;
  'nova-consent': Event;
  'nova-before-show': NovaBeforeShowEvent;
  'nova-before-hide': NovaBeforeHideEvent;
  'nova-show': NovaShowEvent;
  'nova-hide': NovaHideEvent;
  'nova-before-send': NovaBeforeSendEvent;
  'nova-send': NovaSendEvent;
  'nova-response-start': NovaResponseStartEvent;
  'nova-response-end': NovaResponseEndEvent;
  'nova-error': NovaErrorEvent;
  'nova-feedback': NovaFeedbackEvent;
  'nova-unread': NovaUnreadEvent;
  'nova-conversation-change': NovaConversationChangeEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends NovaEventMap {}
}
