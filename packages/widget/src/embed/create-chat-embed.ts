import { createLauncher } from './launcher.js';
import type { EmbedSettings } from './read-embed-settings.js';

/** What the loader needs of `<nova-chat>`. It does not import the element: that would bundle it. */
export interface ChatElement extends HTMLElement {
  open: boolean;
  readonly updateComplete: Promise<unknown>;
}

/** What the loader needs of the module that defines the element. */
export interface EmbedCore {
  call(chat: ChatElement, name: string, parameters: readonly unknown[]): Promise<unknown>;
}

export interface ChatEmbedOptions {
  settings: EmbedSettings;
  /** An inline chat without a target is put in front of it. */
  script: HTMLScriptElement;
  /** Loads what defines `<nova-chat>`; asked again after a failure, with the number of the attempt. */
  importCore: (attempt: number) => Promise<EmbedCore>;
}

export interface ChatEmbed {
  /** The element, which can be listened to before it has been defined. */
  readonly chat: ChatElement;
  /** Resolves when `<nova-chat>` is in the page and has been rendered. */
  readonly ready: Promise<ChatElement>;
  /** Loads the chat, once, and puts it into the page. Rejects when it cannot be loaded; can be called again then. */
  mount(): Promise<ChatElement>;
  /** Opens the chat as soon as it is there; the bubble is busy until then, and says so when it does not come. */
  open(): Promise<void>;
  /** Closes the chat, also one that is still to come. */
  close(): void;
  /** Lets the chat do what a page asks for by name. Loads it. */
  call(name: string, parameters: readonly unknown[]): Promise<unknown>;
}

/**
 * Puts the chat into the page. The bubble is there at once; what it opens is loaded when it is wanted, takes its place
 * in the same frame, and opens if it was clicked meanwhile. A `<nova-chat>` of the page itself is used as it is.
 */
export function createChatEmbed({ settings, script, importCore }: ChatEmbedOptions): ChatEmbed {
  const existing = document.querySelector<ChatElement>('nova-chat');
  const chat = existing ?? createChat(settings);
  const launcher = existing || settings.isInline ? undefined : createLauncher(settings);
  let attempts = 0;
  let isPressed = false;
  let resolveReady: (chat: ChatElement) => void;
  const ready = new Promise<ChatElement>((resolve) => {
    resolveReady = resolve;
  });

  const load = onceDone(() => importCore(attempts++));

  const mount = onceDone(async (): Promise<ChatElement> => {
    await load();
    await customElements.whenDefined('nova-chat');
    if (launcher) launcher.host.after(chat);
    await chat.updateComplete;
    if (launcher) {
      const isFocused = document.activeElement === launcher.host;
      launcher.host.remove();
      if (isFocused) keepFocus(chat);
    }
    resolveReady(chat);
    return chat;
  });

  const open = async (): Promise<void> => {
    // The attribute works before the element has been defined and after.
    chat.toggleAttribute('open', true);
    launcher?.setState('busy');
    // Whoever has clicked is told by the launcher, which waits for the next click.
    await mount().then(
      // A page may have taken it out.
      () => chat.isConnected || document.body.append(chat),
      () => launcher?.setState('failed'),
    );
  };

  const call: ChatEmbed['call'] = async (name, parameters) => {
    await mount();
    return (await load()).call(chat, name, parameters);
  };

  const close = (): void => {
    chat.toggleAttribute('open', false);
    launcher?.setState('ready');
  };

  // A click needs the same button under the pointer from its beginning to its end, and mounts by itself.
  const mountUnasked = (): void => void (isPressed || mount().catch(() => {}));

  if (launcher) {
    const { button, host } = launcher;
    for (const type of ['pointerenter', 'focus', 'pointerdown', 'pointerup', 'pointercancel']) {
      button.addEventListener(type, () => {
        isPressed = type === 'pointerdown';
        load().catch(() => {});
      });
    }
    button.addEventListener('click', open);
    document.body.append(host);
  } else if (!existing) {
    placeInline(chat, settings.target, script);
    void ready.then(({ style }) => {
      style.removeProperty('display');
      style.removeProperty('block-size');
    });
  }
  if (settings.load === 'idle') whenIdle(mountUnasked);
  if (settings.load === 'visible') whenVisible(launcher?.button ?? chat, mountUnasked);
  if (existing || settings.attributes.has('open')) mountUnasked();
  return { chat, ready, mount, open, close, call };
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

/** An attribute that a browser runs or draws by is no option, whoever has written the file of options. */
const noOption = /^on|style|[^a-z-]/;

function createChat({ attributes, accent }: EmbedSettings): ChatElement {
  const chat = document.createElement('nova-chat') as ChatElement;
  for (const [name, value] of attributes) noOption.test(name) || chat.setAttribute(name, value);
  if (accent) chat.style.setProperty('--nova-accent', accent);
  return chat;
}

/** Takes the room of the chat before its styles are there, so that nothing below it moves. */
function placeInline(chat: ChatElement, target: string | undefined, script: HTMLScriptElement): void {
  const parent = target ? document.querySelector(target) : undefined;
  if (parent) parent.append(chat);
  else if (document.body.contains(script)) script.before(chat);
  else document.body.append(chat);
  chat.style.setProperty('display', 'block');
  chat.style.setProperty('block-size', 'var(--nova-height, 600px)');
}

/** The button that had the focus is gone; the element moves it by itself only while the click is fresh. */
function keepFocus({ shadowRoot, open }: ChatElement): void {
  if (shadowRoot?.activeElement) return;
  shadowRoot?.querySelector<HTMLElement>(open ? 'textarea' : '.launcher')?.focus({ preventScroll: true });
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 3000 });
  else setTimeout(run, 500);
}

function whenVisible(element: Element, run: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    run();
  });
  observer.observe(element);
}
