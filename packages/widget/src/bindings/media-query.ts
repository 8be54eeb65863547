import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host when a media query begins or ends to match. */
export class MediaQuery implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveControllerHost;
  readonly #condition: string;
  #list: MediaQueryList | undefined;

  constructor(host: ReactiveControllerHost, condition: string) {
    this.#host = host;
    this.#condition = condition;
    host.addController(this);
  }

  get matches(): boolean {
    return this.#list?.matches ?? false;
  }

  hostConnected(): void {
    this.#list ??= matchMedia(this.#condition);
    this.#list.addEventListener('change', this);
  }

  hostDisconnected(): void {
    this.#list?.removeEventListener('change', this);
  }

  handleEvent(): void {
    this.#host.requestUpdate();
  }
}
