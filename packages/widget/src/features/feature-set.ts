import type { ChatTransport, ConversationListener } from '@nova-chat/client/conversation';
import type { ReactiveController } from 'lit';
import { ahead, type Feature, type FeatureHost, type Views } from './feature.js';
import { type FeatureEntry, featureList } from './feature-list.js';

/** How long a connection that could not load a feature is left in peace. */
const retryMs = 5_000;

/** How long a question waits for what it can do without. */
const maxWaitMs = 2_000;

/** Loads the features that a chat comes to need, and asks all of them as one. */
export class FeatureSet implements ReactiveController {
  readonly #host: FeatureHost;
  readonly #entries: readonly FeatureEntry[];
  /** In the order of the entries, with holes: what one shows keeps its place when another one arrives. */
  readonly #features: Feature[] = [];
  readonly #wanted = new Set<FeatureEntry>();
  /** Those without which nothing is sent, and that are wanted and have not been loaded yet. */
  readonly #missing = new Set<FeatureEntry>();

  views: Views = () => [];

  constructor(host: FeatureHost, entries: readonly FeatureEntry[] = featureList) {
    this.#host = host;
    this.#entries = entries;
    host.addController(this);
    // A visitor who comes to the chat, by pointer or key, leaves time to load what a question needs.
    for (const coming of ['pointerover', 'focusin']) host.addEventListener(coming, () => this.hostUpdate());
  }

  /** Whether everything is here that a question must not be sent without. */
  get isReady(): boolean {
    // What has been set in the same breath as a question is sent counts for it.
    this.hostUpdate();
    return this.#missing.size === 0;
  }

  /** Waits for what is being loaded, and tries again what could not be. Gives `isReady`. */
  async whenReady(): Promise<boolean> {
    await Promise.all(
      [...this.#missing].map((entry) => {
        const enough = new Promise((resolve) => {
          setTimeout(() => entry.mayFail && resolve(this.#missing.delete(entry)), maxWaitMs);
        });
        return Promise.race([this.#load(entry), enough]);
      }),
    );
    return this.isReady;
  }

  hostUpdate(): void {
    const state = this.#host.conversation.getState();
    for (const entry of this.#entries) {
      const wanted = !this.#wanted.has(entry) && entry.isWanted(this.#host, state);
      if (!wanted) continue;
      this.#wanted.add(entry);
      if (entry.isRequired && wanted !== ahead) this.#missing.add(entry);
      void this.#load(entry);
    }
  }

  hostConnected(): void {
    this.#features.forEach(({ onConnect }) => void onConnect?.());
  }

  hostDisconnected(): void {
    this.#features.forEach(({ onDisconnect }) => void onDisconnect?.());
  }

  /** Lets the features hear a change of the conversation. */
  readonly hear: ConversationListener = (state, previous) => {
    this.#features.forEach(({ onChange }) => void onChange?.(state, previous));
  };

  /** Puts the features between a conversation and its client; the last in the list stands next to the conversation. */
  wrap(client: ChatTransport): ChatTransport {
    return this.#features.reduce((next, { transport }) => transport?.(next) ?? next, client);
  }

  /** Makes the views ask the features again. */
  refresh(): void {
    this.views = (place, message) => this.#features.map(({ views }) => views?.[place]?.(message as never));
    this.#host.requestUpdate();
  }

  async #load(entry: FeatureEntry): Promise<void> {
    try {
      const { createFeature } = await entry.load();
      this.#missing.delete(entry);
      const place = this.#entries.indexOf(entry);
      // Two may have waited for the same module, and a former failure may have had it asked for again.
      if (this.#features[place]) return;
      const feature = createFeature(this.#host);
      this.#features[place] = feature;
      const sheet = feature.styles?.styleSheet;
      if (sheet) (this.#host.renderRoot as ShadowRoot).adoptedStyleSheets.push(sheet);
      // It may have come late.
      if (this.#host.isConnected) feature.onConnect?.();
      this.refresh();
    } catch (error) {
      if (entry.mayFail) this.#missing.delete(entry);
      // It is asked for again when something happens after a while, or the device is online again; without one that may be
      // missing the chat goes on.
      setTimeout(() => this.#wanted.delete(entry), navigator.onLine ? retryMs : 0);
      // To be offline is no fault of the page's.
      if (navigator.onLine) reportError(error);
    }
  }
}
