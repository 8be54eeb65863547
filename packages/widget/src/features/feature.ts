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
 * The places of the chat that features fill: in the `header` in front of the owner's actions; as an `overlay` over log
 * and input; `above` the input; at the `start` and the `end` of the input; `before` and `after` the text of a message;
 * or in the place of its `text`. `retry` is a word in the place of "Try again", for as long as that cannot be done.
 */
export type Place = 'header' | 'overlay' | 'above' | 'start' | 'end' | 'before' | 'after' | 'text' | 'retry';

/** Gives what a feature shows in a place: a template, or undefined. The places in a message are asked per message. */
export type View = (message: ConversationMessage) => unknown;

/** Gives what all features show in a place. Another identity than before means: ask again. */
export type Views = (place: Place, message?: ConversationMessage) => unknown[];

/** Said of a feature that will be needed soon: it is loaded, and nothing waits for it. */
export const ahead = 'ahead';

/** What a feature knows of the chat that it is a part of. */
export interface FeatureHost extends NovaChatProperties {
  /** The conversation that is shown. Another one takes its place by assignment; an answer under way goes on unseen. */
  conversation: Conversation;
  /** Gets answers for this and any other conversation. */
  readonly transport: ChatTransport;
  /** What stands in the input. */
  draft: string;
  /** Whether files go along with the question, which may then be blank; counts from the next `refresh` on. */
  attached: boolean;
  /** The words of the chat in the reader's language. */
  readonly words: NovaStrings;
  /** The language of these words, as a BCP 47 tag. */
  readonly language: string;
  /** Whether the panel, when it is open, covers the whole window. */
  readonly isWhole: boolean;
  /** Renders what features show, after one of them has changed by itself. */
  refresh(): void;
  /** Says something to a screen reader, once. */
  announce(text: string): void;
  /** Asks a question. False when it is not taken. */
  send(text: string): boolean;
  /** Asks for another answer to the last question, or again for one that failed. */
  retry(): boolean;
  /** Puts the cursor into the input. */
  focusInput(): void;
}

/** A part of the chat that is loaded when it is wanted. Every member is optional. */
export interface Feature {
  /** Joins the style sheets of the chat. */
  readonly styles?: CSSResult;
  readonly views?: Partial<Record<Place, View>>;
  /** Stands between conversation and client: sees what is asked, and every event of the answer. */
  readonly transport?: (next: ChatTransport) => ChatTransport;
  /** Hears each change of the shown conversation. */
  readonly onChange?: ConversationListener;
  /** The chat has been put into a page (again), or taken out of it. */
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
}

/** What the module of a feature exports. */
export interface FeatureModule {
  createFeature(chat: FeatureHost): Feature;
}
