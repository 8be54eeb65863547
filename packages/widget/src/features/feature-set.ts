import type { ChatTransport, ConversationListener } from '@nova-chat/client/conversation';
import type { ReactiveController } from 'lit';
import type { Feature, FeatureHost, Views } from './feature.js';
import { type FeatureEntry, featureList } from './feature-list.js';

/** Loads the features that a chat comes to need, and asks all of them as one. */
export class FeatureSet implements ReactiveController {
  readonly #host: FeatureHost;
  readonly #entries: readonly FeatureEntry[];
  readonly #features: Feature[] = [];
  readonly #wanted = new Set<FeatureEntry>();
  /** Those that are wanted and have not been loaded yet; a required one stays when it could not be. */
  readonly #missing = new Set<FeatureEntry>();

  views: Views = () => [];

  constructor(host: FeatureHost, entries: readonly FeatureEntry[] = featureList) {
    this.#host = host;
    this.#entries = entries;
    host.addController(this);
  }

  /** Whether everything that is wanted is here, or could not be loaded and may be missing. */
  get isReady(): boolean {
    return this.#missing.size === 0;
  }

  /** Waits for what is being loaded, and tries again what could not be. Gives `isReady`. */
  async whenReady(): Promise<boolean> {
    await Promise.all([...this.#missing].map((entry) => this.#load(entry)));
    return this.isReady;
  }

  hostUpdate(): void {
    for (const entry of this.#entries) {
      if (this.#wanted.has(entry) || !entry.isWanted(this.#host)) continue;
      this.#wanted.add(entry);
      this.#missing.add(entry);
      void this.#load(entry);
    }
  }

  hostConnected(): void {
    for (const { onConnect } of this.#features) onConnect?.();
  }

  hostDisconnected(): void {
    for (const { onDisconnect } of this.#features) onDisconnect?.();
  }

  /** Lets the features hear a change of the conversation. */
  readonly hear: ConversationListener = (state, previous) => {
    for (const { onChange } of this.#features) onChange?.(state, previous);
  };

  /** Puts the features between a conversation and its client; the one loaded last stands next to the conversation. */
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
      // Two may have waited for the same module.
      if (this.#missing.delete(entry)) this.#add(createFeature(this.#host));
    } catch (error) {
      if (!entry.isRequired) this.#missing.delete(entry);
      reportError(error);
    }
  }

  #add(feature: Feature): void {
    this.#features.push(feature);
    const sheet = feature.styles?.styleSheet;
    if (sheet) (this.#host.renderRoot as ShadowRoot).adoptedStyleSheets.push(sheet);
    feature.onConnect?.();
    this.refresh();
  }
}
