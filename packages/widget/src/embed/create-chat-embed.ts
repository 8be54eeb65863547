import { createLauncher } from './launcher.js';
import { awaitedKey } from './loader-key.js';
import type { EmbedSettings } from './read-embed-settings.js';

/** What the loader needs of `<nova-chat>`. It does not import the element: that would bundle it. */
export interface ChatElement extends HTMLElement {
  open: boolean;
  /** There once it has been defined. */
  readonly updateComplete?: Promise<unknown>;
  /** They ask the page. One of that name before may be the page's own, on every element. */
  show(): void;
  hide(): void;
}

/** What the loader needs of the module that defines the element. */
export interface EmbedCore {
  call(chat: ChatElement, name: string, parameters: readonly unknown[]): Promise<unknown>;
}

export interface ChatEmbedOptions {
  settings: EmbedSettings;
  /** An inline chat without a target is put in front of it, or of one of the same address in the page after it. */
  script: HTMLScriptElement;
  /** Loads what defines `<nova-chat>`; asked again after a failure. */
  importCore: () => Promise<EmbedCore>;
}

export interface ChatEmbed {
  /** The element, which can be listened to before it has been defined. */
  readonly chat: ChatElement;
  /** Resolves when `<nova-chat>` is in the page and has been rendered. */
  readonly ready: Promise<ChatElement>;
  /** Opens the chat as soon as it is there; the bubble is busy until then, and says so when it does not come. */
  open(): Promise<void>;
  /** Closes the chat, also one that is still to come. */
  close(): void;
  /** Lets the chat do what a page asks for by name. Loads it. */
  call(name: string, parameters: readonly unknown[]): Promise<unknown>;
}

/**
 * Puts the chat into the page. The bubble is there at once; what it opens is loaded when it is wanted, covers it
 * in the same frame, and opens if it was clicked meanwhile. A `<nova-chat>` of the page itself is used as it is.
 *
 * What swaps or morphs a page takes the chat out of it. It comes back at once, the same one in the same state,
 * into the place of a `<nova-chat>` of the new page if there is one.
 */
export function createChatEmbed({ settings, script, importCore }: ChatEmbedOptions): ChatEmbed {
  let isPressed = false;
  const existing = document.querySelector<ChatElement>('nova-chat');

  const load = onceDone(importCore);

  const mount = onceDone(async (): Promise<void> => {
    await load();
    launcher?.host.after(chat);
    await chat.updateComplete;
    shown = chat;
    if (launcher) {
      const { host } = launcher;
      // The element moves it by itself only while the click is fresh.
      if (document.activeElement === host) focusIn(chat);
      // A screen reader that loses what has the focus says nothing of where it goes.
      setTimeout(() => host.remove(), chat.open ? 300 : 0);
    }
    place();
    resolveReady(chat);
  });

  const onApproach = (isDown: boolean): void => {
    isPressed = isDown;
    load().catch(() => {});
  };
  const onFailure = (): void => {
    // An inline chat leaves no hole in the page.
    chat.style.display = '';
    addEventListener('online', mountUnasked);
  };
  // A click needs the same button under the pointer from its beginning to its end, and mounts by itself.
  const mountUnasked = (): void => void (isPressed || mount().catch(onFailure));

  // It is on its way while the bubble is being built.
  if (existing || settings.attributes.has('open') || isAwaited()) mountUnasked();

  const chat = existing ?? createChat(settings);
  const launcher = existing || settings.isInline ? undefined : createLauncher(settings, onApproach);
  /** A script that keeps removing it must not get the page into an endless loop. */
  let lives = 1000;
  /** What stands in the page. */
  let shown: HTMLElement = launcher?.host ?? chat;
  let resolveReady: (chat: ChatElement) => void;
  const ready = new Promise<ChatElement>((resolve) => {
    resolveReady = resolve;
  });

  const place = (): void => {
    if (shown.isConnected || !lives) return;
    const other = document.querySelector('nova-chat');
    // A target may come later, and go with a page; without one the place is where the script tag is.
    const tag = document.body.querySelector(`[src="${script.getAttribute('src')}"]`);
    if (other) other.replaceWith(shown);
    else if (settings.target) document.querySelector(settings.target)?.append(shown);
    else if (settings.isInline && tag) tag.before(shown);
    else if (settings.isInline ? script.isConnected : !existing) document.body.append(shown);
    if (shown.isConnected) lives--;
  };
  const observer = new MutationObserver(place);
  const stay = (): void => {
    observer.observe(document, { childList: true, subtree: true });
    place();
  };

  const open = async (): Promise<void> => {
    // One that is still to come asks the page when it is there.
    if (chat.updateComplete) chat.show();
    else chat.open = true;
    launcher?.setState('busy');
    // The launcher tells the visitor, and waits for the next click.
    await mount().then(stay, () => launcher?.setState('failed'));
  };

  const call: ChatEmbed['call'] = async (name, parameters) => {
    await mount();
    if (name === 'shutdown') observer.disconnect();
    return (await load()).call(chat, name, parameters);
  };

  const close = (): void => {
    if (chat.updateComplete) chat.hide();
    else chat.open = false;
    launcher?.setState('ready');
  };

  stay();
  launcher?.button.addEventListener('click', open);
  if (!launcher && !existing) keepRoom(chat, ready);
  runWhen(settings.load, launcher?.button ?? chat, mountUnasked);
  return { chat, ready, open, close, call };
}

/** Runs something once; again after a failure, when it is asked for again. */
function onceDone<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= run().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}

/** An attribute that a browser runs or renders by is no option, wherever the file of options comes from. */
const noOption = /^on|style|[^a-z-]/;

function createChat({ attributes, accent }: EmbedSettings): ChatElement {
  const chat = document.createElement('nova-chat') as ChatElement;
  for (const [name, value] of attributes) noOption.test(name) || chat.setAttribute(name, value);
  if (accent) chat.style.setProperty('--nova-accent', accent);
  return chat;
}

/** Takes the room of the chat before its styles are there, so that nothing below it moves. */
function keepRoom({ style }: ChatElement, ready: Promise<unknown>): void {
  style.display = 'block';
  style.blockSize = 'var(--nova-height,600px)';
  void ready.then(() => {
    style.display = style.blockSize = '';
  });
}

function runWhen(load: string, element: Element, run: () => void): void {
  // A page that is never at rest gets its chat all the same.
  if (load === 'idle') window.requestIdleCallback?.(run, { timeout: 5000 }) ?? setTimeout(run, 500);
  if (load === 'visible') {
    new IntersectionObserver((entries, self) => {
      if (!entries.pop()?.isIntersecting) return;
      self.disconnect();
      run();
    }).observe(element);
  }
}

/** Tells whether the page before this one has left with the chat open or an answer under way. */
function isAwaited(): boolean {
  try {
    return awaitedKey in sessionStorage;
  } catch {
    // Where storage is forbidden, looking at it throws.
    return false;
  }
}

const focusIn = (chat: ChatElement): void =>
  chat.shadowRoot?.querySelector<HTMLElement>(chat.open ? 'textarea' : '.launcher')?.focus({ preventScroll: true });
