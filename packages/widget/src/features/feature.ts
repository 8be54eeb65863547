import type {
  ChatTransport,
  Conversation,
  ConversationListener,
  ConversationMessage,
} from '@nova-chat/client/conversation';
import type { CSSResult } from 'lit';
import type { NovaStrings } from '../i18n/nova-strings.js';
import type { NovaChatProperties } from '../nova-chat/nova-chat-properties.js';

/**
 * The slots of the chat that features fill: in the `header` before the owner's actions; as an `overlay` over log
 * and input; `above` the input; at the `start` and the `end` of the input; `before` and `after` the text of a message;
 * or instead of its `text`. `retry` is the label that replaces "Try again", for as long as that is not possible.
 */
export type Place = 'header' | 'overlay' | 'above' | 'start' | 'end' | 'before' | 'after' | 'text' | 'retry';

/** Renders what a feature shows in a slot: a template, or undefined. Slots in a message are rendered per message. */
export type View = (message: ConversationMessage) => unknown;

/** Renders what all features show in a slot. A new identity means: render again. */
export type Views = (place: Place, message?: ConversationMessage) => unknown[];

/** Marks a feature that will be needed soon: it is loaded, and nothing waits for it. */
export const ahead = 'ahead';

/** What a feature can know and do about its chat. */
export interface FeatureHost extends NovaChatProperties {
  /** The conversation that is shown. Assign another one to replace it; an answer under way continues unseen. */
  conversation: Conversation;
  /** Gets answers for this and any other conversation. */
  readonly transport: ChatTransport;
  /** What stands in the input. */
  draft: string;
  /** Whether files are attached to the question, which may then be blank; applies from the next `refresh` on. */
  attached: boolean;
  /** The strings of the chat in the reader's language. */
  readonly words: NovaStrings;
  /** The language of these strings, as a BCP 47 tag. */
  readonly language: string;
  /** Whether the panel, when it is open, covers the whole window. */
  readonly isWhole: boolean;
  /** Renders the features again, after one of them has changed by itself. */
  refresh(): void;
  /** Says something to a screen reader, once. */
  announce(text: string): void;
  /** Asks a question. False when it is not accepted. */
  send(text: string): boolean;
  /** Asks for another answer to the last question, or again for one that failed. */
  retry(): boolean;
  /** Moves the focus to the input. */
  focusInput(): void;
}

/** A part of the chat that is loaded on demand. Every member is optional. */
export interface Feature {
  /** Joins the style sheets of the chat. */
  readonly styles?: CSSResult;
  readonly views?: Partial<Record<Place, View>>;
  /** Wraps the transport: sees each request, and every event of its answer. */
  readonly transport?: (next: ChatTransport) => ChatTransport;
  /** Called after each change of the shown conversation. */
  readonly onChange?: ConversationListener;
  /** The chat has been put into a page (again), or taken out of it. */
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
}

/** What the module of a feature exports. */
export interface FeatureModule {
  createFeature(chat: FeatureHost): Feature;
}
