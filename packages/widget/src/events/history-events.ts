const outward: EventInit = { bubbles: true, composed: true };

/** The number of answers that have ended unseen has changed. */
export class NovaUnreadEvent extends Event {
  readonly count: number;

  constructor(count: number) {
    super('nova-unread', outward);
    this.count = count;
  }
}

/** Another conversation is shown. */
export class NovaConversationChangeEvent extends Event {
  /** Of the conversation. */
  readonly id: string;

  constructor(id: string) {
    super('nova-conversation-change', outward);
    this.id = id;
  }
}
