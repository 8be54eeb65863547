import type { ReactiveController } from 'lit';
import type { NovaChatProperties } from '../nova-chat/nova-chat-properties.js';
import { english } from './english.js';
import type { NovaWords } from './feature-strings.js';
import type { NovaStrings } from './nova-strings.js';

/** Finds out which language the chat speaks, and loads its words; until they are there it speaks English. */
export class LanguageController implements ReactiveController {
  readonly #host: NovaChatProperties;
  #asked = 'en';
  #loaded: NovaStrings = english;
  #strings: Partial<NovaWords> = {};

  /** BCP 47 tag of the language of `words`. */
  tag = 'en';
  words: NovaStrings = english;

  constructor(host: NovaChatProperties) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { locale, strings } = this.#host;
    const asked = locale || this.#host.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    if (asked !== this.#asked) void this.#load(asked);
    if (strings !== this.#strings) this.#speak(this.tag, this.#loaded);
  }

  async #load(asked: string): Promise<void> {
    this.#asked = asked;
    if (/^en\b/i.test(asked)) return this.#speak(asked, english);
    try {
      const { loadLanguage } = await import('./load-language.js');
      const [tag, words] = await loadLanguage(asked);
      if (asked === this.#asked) this.#speak(tag, words);
    } catch {
      // The chat can be read in English, and asks again when it is told another language.
    }
  }

  #speak(tag: string, loaded: NovaStrings): void {
    this.tag = tag;
    this.#loaded = loaded;
    this.#strings = this.#host.strings;
    this.words = { ...loaded, ...this.#strings };
    this.#host.requestUpdate();
  }
}
