import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import type { ReactiveController } from 'lit';
import { toPlainText } from '../markdown/to-plain-text.js';

/** Shortest time between two changes of the live region, in ms. */
const pauseMs = 1000;
/** How long the first word may take before the wait is announced, in ms. */
const announceAfterMs = 500;
/** How much is read in one go, in characters: what came at once is heard over minutes, and need not be ready at once. */
const enoughLength = 2000;

/** The end of a sentence, its closing marks included; not the dot of "1." in a list. Or the end of a paragraph. */
const sentenceEnd = /[^\d\s][.!?…:]["'”’)\]*_`]*\s+|[。！？]\s*|\n{2,}/g;

export interface AnnouncerOptions {
  /** Holds the two live regions, once they are in the page. */
  root: () => ParentNode;
  /** Said when an answer takes its time. */
  answering: () => string;
  /** What is to be said of an ended exchange beside its text; blank if all went well. */
  notice: (state: ConversationState) => string;
}

/**
 * Reads an answer to screen-reader users: once, as plain text, by finished sentence, at most once a second. The
 * log itself is no live region, as that would be read again at each token.
 */
export class Announcer implements ReactiveController {
  readonly #options: AnnouncerOptions;
  #answerId: string | undefined;
  #text = '';
  #isWhole = false;
  #spokenUpTo = 0;
  #queue = '';
  #isDue = false;
  #last = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | 0 = 0;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Takes in a change of the conversation. Per token it looks at nothing: the text is read when its turn comes. */
  follow(state: ConversationState, previous: ConversationState): void {
    const live = state.live?.message;
    if (live) {
      if (live.id !== this.#answerId) this.#begin(live.id);
      this.#hear(live.text, false);
    } else if (previous.live) {
      const last = lastMessage(state);
      this.#endPatience();
      const notice = this.#options.notice(state);
      if (last?.id === this.#answerId) {
        this.#hear(last?.text ?? '', true);
        // Behind what has come of the answer, which it would cut off.
        this.say(notice);
      } else this.#write('assertive', notice);
    }
  }

  /** Says something when its turn comes. */
  say(text: string): void {
    if (text === '') return;
    this.#queue += (this.#queue && ' ') + text;
    this.#wake();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#endPatience();
    this.#timer = undefined;
    this.#queue = '';
  }

  #begin(id: string): void {
    this.#answerId = id;
    this.#text = '';
    this.#spokenUpTo = 0;
    // What went wrong before is over.
    this.#write('assertive');
    this.#endPatience();
    this.#patience = setTimeout(() => this.say(this.#options.answering()), announceAfterMs);
  }

  #hear(text: string, isWhole: boolean): void {
    if (text === '') return;
    this.#endPatience();
    this.#text = text;
    this.#isWhole = isWhole;
    this.#wake();
  }

  #endPatience(): void {
    // Not for every token: it is no cheap call.
    if (this.#patience) clearTimeout(this.#patience);
    this.#patience = 0;
  }

  #wake(): void {
    this.#isDue = true;
    this.#timer ??= setTimeout(this.#flush);
  }

  readonly #flush = (): void => {
    this.#timer = undefined;
    if (!this.#isDue) return;
    const read = this.#read();
    // What is said beside an answer waits for the end of it.
    const spoken = this.#isDue ? '' : this.#queue;
    if (spoken) this.#queue = '';
    if (spoken || read) this.#write('polite', `${read} ${spoken}`.trim());
    this.#timer = setTimeout(this.#flush, pauseMs);
  };

  /** Gives what has been finished since the last time; it is due again when that was enough for once. */
  #read(): string {
    const start = this.#spokenUpTo;
    const enough = start + enoughLength;
    sentenceEnd.lastIndex = start;
    while (this.#spokenUpTo < enough && sentenceEnd.test(this.#text)) this.#spokenUpTo = sentenceEnd.lastIndex;
    this.#isDue = this.#spokenUpTo >= enough;
    if (this.#isWhole && !this.#isDue) this.#spokenUpTo = this.#text.length;
    return toPlainText(this.#text.slice(start, this.#spokenUpTo)).trim();
  }

  /** The same words again would be no change, and so not be read: an invisible blank makes them one. */
  #write(politeness: 'polite' | 'assertive', text = ''): void {
    if (text) this.#last = text === this.#last ? `${text}\u00a0` : text;
    const region = this.#options.root().querySelector(`[aria-live=${politeness}]`);
    if (region) region.textContent = text && this.#last;
  }
}
