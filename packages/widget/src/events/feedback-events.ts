/** What a visitor thinks of an answer; `none` takes it back. */
export type FeedbackValue = 'up' | 'down' | 'none';

/** A visitor has rated an answer. Comes at once with the thumb, and again when a reason is given. */
export class NovaFeedbackEvent extends Event {
  readonly messageId: string;
  readonly value: FeedbackValue;
  /** In the visitor's words; blank when none was given. */
  readonly reason: string;

  constructor(messageId: string, value: FeedbackValue, reason: string) {
    super('nova-feedback', { bubbles: true, composed: true });
    this.messageId = messageId;
    this.value = value;
    this.reason = reason;
  }
}
