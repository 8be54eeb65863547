import type { ReactiveController } from 'lit';
import type { NovaChatProperties } from '../nova-chat/nova-chat-properties.js';
import { english } from './english.js';
import type { NovaWords } from './feature-strings.js';
import type { LoadedLanguage } from './load-language.js';
import type { NovaStrings } from './nova-strings.js';

/** Finds out which language the chat speaks, and loads its words; until they are there it speaks the one before. */
export class LanguageController implements ReactiveController {
  readonly #host: NovaChatProperties;
  #asked = 'en';
  #strings: Partial<NovaWords> = {};

  spoken: LoadedLanguage = { tag: 'en', dir: '', words: english };
  /** The words of `spoken`, and those of the owner in their place. */
  words: NovaStrings = english;
  /** Resolves when the chat has the words for its first rendering, or has waited long enough for them. */
  ready: Promise<void> | undefined;

  constructor(host: NovaChatProperties) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Asked for before anything is rendered, so that no word is seen in two languages.
    this.ready = this.#look();
  }

  hostUpdate(): void {
    void this.#look();
    if (this.#host.strings !== this.#strings) this.#speak();
  }

  async #look(): Promise<void> {
    const { locale, strings } = this.#host;
    const asked = locale || this.#host.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const learn = (language: LoadedLanguage): void => {
      if (asked !== this.#asked) return;
      this.spoken = language;
      this.#speak();
    };
    if (/^en(-\w+)*$/i.test(asked)) return learn({ tag: asked, dir: '', words: english });
    try {
      await (await import('./load-language.js')).loadLanguage(asked, strings, learn);
    } catch {
      // The chat can be read as it is, and asks again when it is told another language.
    }
  }

  #speak(): void {
    this.#strings = this.#host.strings;
    this.words = { ...this.spoken.words, ...this.#strings };
    this.#host.requestUpdate();
  }
}
