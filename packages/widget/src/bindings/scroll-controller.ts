import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near the end counts as being there, in px: less than a line of text. */
const nearPx = 16;
/** How long after a wheel, touch, key or press of the bar a scroll is still the reader's, in ms; each such scroll prolongs it. */
const intentMs = 250;

/** So much of what has been read stays in view above what has not, in px. */
const contextPx = 90;

const upKeys = ['ArrowUp', 'PageUp', 'Home'];

/**
 * Keeps the end of a scroller in view while the reader is there. Only wheel, touch, keys and the scroll bar
 * count as the reader's will: what the layout does to the scroll position (a growing input, an on-screen keyboard)
 * neither pins nor unpins. Under a pressed mouse nothing moves.
 */
export class ScrollController implements ReactiveController {
  /** Whether the end is followed. */
  isPinned = true;
  /** How far down the reader has seen all, in px from the top of the content, since the end is not followed. */
  seenPx = 0;
  readonly #host: ReactiveControllerHost;
  readonly #limit: () => number;
  readonly #sizes: ResizeObserver;
  #scroller: HTMLElement | undefined;
  #lastTop = 0;
  #touchY = 0;
  #readerUntil = 0;
  #pointer: string | undefined;

  /** @param limit - How far down the end is followed by itself, in px from the top of the scroller's content. */
  constructor(host: ReactiveControllerHost, limit: () => number) {
    this.#host = host;
    this.#limit = limit;
    this.#sizes = new ResizeObserver(() => this.#follow());
    host.addController(this);
  }

  /** Follows the only child of `scroller`. The first scroller stays. */
  observe(scroller: HTMLElement): void {
    if (this.#scroller) return;
    this.#scroller = scroller;
    this.hostConnected();
    const passive = { passive: true };
    scroller.addEventListener('wheel', (event) => this.#onIntent(event.deltaY < 0), passive);
    scroller.addEventListener('touchmove', (event) => this.#onTouch(event), passive);
    scroller.addEventListener('scroll', () => this.#onScroll());
    scroller.addEventListener('keydown', (event) => this.#onIntent(upKeys.includes(event.key)));
    scroller.addEventListener('touchstart', (event) => this.#onTouch(event), passive);
    scroller.addEventListener('pointerdown', ({ target, pointerType }) => {
      this.#pointer = pointerType;
      // What is pressed in the scroller is no scroll bar.
      if (target === scroller) this.#onIntent();
    });
  }

  /** Goes to the end and follows it again. */
  pin(): void {
    this.#set(true);
    this.#follow(Number.POSITIVE_INFINITY);
  }

  /** Goes to what has come since the end was left; from there, and when nothing has, to the end. */
  jump(): void {
    const scroller = this.#scroller as HTMLElement;
    const top = this.seenPx - contextPx;
    this.seenPx = 0;
    if (top > scroller.scrollTop && top + scroller.clientHeight < scroller.scrollHeight) scroller.scrollTop = top;
    else this.pin();
  }

  /** Follows no more until the reader goes back to the end. */
  unpin(): void {
    this.#set(false);
  }

  hostConnected(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#sizes.observe(scroller);
    this.#sizes.observe(scroller.firstElementChild as Element);
    // Out of the page a scroller forgets where it was. To set it lays out the page, which a new one has no use for.
    if (this.#lastTop) scroller.scrollTop = this.#lastTop;
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
  }

  #onTouch(event: TouchEvent): void {
    const y = event.touches[0]?.clientY ?? 0;
    this.#onIntent(event.type === 'touchmove' && y > this.#touchY);
    this.#touchY = y;
  }

  #onIntent(isUp?: boolean): void {
    this.#readerUntil = performance.now() + intentMs;
    // At once: a token that arrives before the scroll event must not pull the reader back.
    if (isUp && (this.#scroller as HTMLElement).scrollTop > 0) this.#set(false);
  }

  #onScroll(): void {
    const scroller = this.#scroller as HTMLElement;
    const top = scroller.scrollTop;
    const isUp = top < this.#lastTop;
    this.#lastTop = top;
    if (performance.now() > this.#readerUntil) return;
    this.#onIntent();
    const gap = scroller.scrollHeight - scroller.clientHeight - top;
    // A reader who is at the end has not left it: content there was removed.
    if (isUp ? gap > 1 : gap <= nearPx) this.#set(!isUp);
  }

  #follow(limit = this.#limit()): void {
    const scroller = this.#scroller;
    if (!this.isPinned || !scroller) return;
    // Scrolling while words are selected would select others. After a finger `:active` may stay, and alone it is for links
    // without a doctype.
    if (this.#pointer === 'mouse' && scroller.matches('div:active')) requestAnimationFrame(() => this.#follow(limit));
    else scroller.scrollTop = Math.min(scroller.scrollHeight, limit);
  }

  #set(isPinned: boolean): void {
    if (isPinned === this.isPinned) return;
    this.isPinned = isPinned;
    this.seenPx = this.#scroller?.scrollHeight ?? 0;
    this.#host.requestUpdate();
  }
}
