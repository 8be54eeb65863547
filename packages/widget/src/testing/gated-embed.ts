import { type ChatElement, type ChatEmbed, createChatEmbed, type EmbedCore } from '../embed/create-chat-embed.js';
import type { EmbedSettings } from '../embed/read-embed-settings.js';

/** The core, which arrives when a test lets it. */
class GatedCore {
  attempts: number[] = [];
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;

  readonly import = async (): Promise<EmbedCore> => {
    this.attempts.push(this.attempts.length);
    await new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    return import('../embed/core.js');
  };

  arrive(): void {
    this.#settle?.resolve();
  }

  fail(): void {
    this.#settle?.reject(new TypeError('Failed to fetch dynamically imported module'));
  }
}

export let core: GatedCore;
export let script: HTMLScriptElement;

/** Puts a chat into the page, as the script tag does. */
export function embed(settings: Partial<EmbedSettings> = {}): ChatEmbed {
  return createChatEmbed({
    settings: {
      attributes: new Map([['endpoint', 'https://chat.example']]),
      accent: undefined,
      load: 'interaction',
      isInline: false,
      target: undefined,
      ...settings,
    },
    script,
    importCore: core.import,
  });
}

export const host = (): HTMLElement | null => document.querySelector('nova-launcher');
export const button = (): HTMLElement => host()?.shadowRoot?.querySelector('button') as HTMLElement;
export const chat = (): ChatElement => document.querySelector('nova-chat') as ChatElement;
export const shadow = (): ShadowRoot | null | undefined => document.querySelector('nova-chat')?.shadowRoot;
export const panel = (): HTMLElement | null | undefined => shadow()?.querySelector<HTMLElement>('.panel:not([hidden])');
export const focused = (): Element | null | undefined => shadow()?.activeElement;

/** A chat of one test must not come back in the next one. */
const observers: MutationObserver[] = [];
const RealObserver = MutationObserver;
class KnownObserver extends MutationObserver {
  constructor(callback: MutationCallback) {
    super(callback);
    observers.push(this);
  }
}

/** Makes the page ready for a test: its script tag, and a core that arrives when the test lets it. */
export function begin(): void {
  sessionStorage.clear();
  window.MutationObserver = KnownObserver;
  core = new GatedCore();
  script = document.createElement('script');
  script.type = 'text/plain';
  script.src = '/widget/embed.js';
  document.body.append(script);
}

/** Leaves nothing to the next test. */
export function end(): void {
  for (const observer of observers.splice(0)) observer.disconnect();
  window.MutationObserver = RealObserver;
  document.body.replaceChildren();
}
