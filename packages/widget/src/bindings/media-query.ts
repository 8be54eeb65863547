import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host when a media query begins or ends to match. */
export class MediaQuery implements ReactiveController {
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
    this.#list.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#list?.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}
