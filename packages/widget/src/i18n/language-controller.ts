import type { NovaChatProperties } from '../nova-chat/nova-chat-properties.js';
import { english } from './english.js';
import type { NovaWords } from './feature-strings.js';
import type { LoadedLanguage } from './load-language.js';
import type { NovaStrings } from './nova-strings.js';

/** Finds out which language the chat speaks, and loads its words. */
export class LanguageController {
  readonly #host: NovaChatProperties;
  #strings: Partial<NovaWords> = {};

  asked = 'en';
  spoken: LoadedLanguage = { tag: 'en', words: english };
  /** The words of `spoken`, and those of the owner in their place. */
  words: NovaStrings = english;

  constructor(host: NovaChatProperties) {
    this.#host = host;
  }

  /**
   * Resolves when the chat has the words for a rendering, or has waited long enough for them: no word is seen in one
   * language first and in another one then.
   */
  async follow(): Promise<void> {
    const { locale, strings } = this.#host;
    if (strings !== this.#strings) this.learn(this.spoken);
    const asked = locale || this.#host.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    if (asked === this.asked) return;
    this.asked = asked;
    // What is more than a region is looked at before it is believed.
    if (/^en(-[a-z]{2})?$/i.test(asked)) return this.learn({ tag: asked, words: english });
    try {
      await (await import('./load-language.js')).loadLanguage(this, strings);
    } catch {
      // The chat can be read as it is, and asks again when it is told another language.
    }
  }

  learn(language: LoadedLanguage): void {
    this.spoken = language;
    this.#strings = this.#host.strings;
    this.words = { ...language.words, ...this.#strings };
    this.#host.requestUpdate();
  }
}
