import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Counts down to a moment and renders its host at each second of it. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #onEnd: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** What is left, in ms; 0 at the end. */
  get leftMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** Begins anew; `onEnd` is called once when nothing is left. */
  start(delayMs: number, onEnd: () => void): void {
    this.#until = performance.now() + delayMs;
    this.#onEnd = onEnd;
    this.hostConnected();
  }

  stop(): void {
    this.#until = 0;
    this.hostDisconnected();
  }

  hostConnected(): void {
    if (this.leftMs > 0) this.#timer ??= setInterval(this.#tick, 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly #tick = (): void => {
    this.#host.requestUpdate();
    if (this.leftMs > 0) return;
    this.hostDisconnected();
    this.#onEnd?.();
  };
}
