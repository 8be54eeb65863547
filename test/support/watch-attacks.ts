import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startListeningProxy } from './start-listening-proxy.js';

/** What attacks have come to; on a page that is safe every list is empty. */
export interface AttackToll {
  /** Programs of an attacker that have run, by the number of the text. */
  hits: number[];
  /** Foreign hosts that the browser wanted to reach. */
  hosts: string[];
  dialogs: string[];
  /** Addresses that a frame or another window was led to. */
  navigations: string[];
  /** What must not be in the page: see `findForeignMarkup`. */
  markup: string[];
  /** Errors that nobody has caught. */
  errors: string[];
}

/** A page that notices every attack that works. */
export interface AttackedPage extends AsyncDisposable {
  page: Page;
  toll(): Promise<AttackToll>;
}

/**
 * Opens a page at `url`. Whatever it asks of another machine ends at a proxy that writes it down. `stored` stands in the
 * browser's storage before the page comes.
 */
export async function openAttackedPage(
  browser: Browser,
  url: string,
  stored: Readonly<Record<string, string>> = {},
): Promise<AttackedPage> {
  const proxy = await startListeningProxy();
  const context = await browser.newContext({
    proxy: { server: proxy.url, bypass: '127.0.0.1' },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const dialogs: string[] = [];
  const navigations: string[] = [];
  const errors: string[] = [];
  await page.addInitScript(installTraps);
  await page.addInitScript((items) => {
    if (window === window.parent) for (const [key, text] of Object.entries(items)) localStorage.setItem(key, text);
  }, stored);
  await page.goto(url);
  watch(context, page, { dialogs, navigations, errors });
  return {
    page,
    async toll() {
      const seen = await page.evaluate(() => {
        const { hits, findForeignMarkup } = window as unknown as Traps;
        return { hits, markup: findForeignMarkup() };
      });
      return { ...seen, hosts: proxy.hosts, dialogs, navigations, errors };
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

/** The toll of attacks of which none has worked. */
export const noToll: AttackToll = { hits: [], hosts: [], dialogs: [], navigations: [], markup: [], errors: [] };

function watch(
  context: BrowserContext,
  page: Page,
  { dialogs, navigations, errors }: Pick<AttackToll, 'dialogs' | 'navigations' | 'errors'>,
): void {
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => navigations.push(frame.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  context.on('page', (other) => navigations.push(`window: ${other.url()}`));
}

/** What is in every attacked page. */
export interface Traps {
  hits: number[];
  hit(number: number): void;
  findForeignMarkup(): string[];
  /** Does with elements what a visitor may do with a pointer and the keyboard without leaving the page. */
  touch(root: ParentNode): void;
}

/** Runs in the page, before anything else. */
function installTraps(): void {
  const traps = window as unknown as Traps & Record<string, unknown>;
  const { parent } = window as unknown as { parent: Traps };
  // A frame of the page's own origin adds to the list of the page.
  const hits: number[] = window.origin === 'null' || window.parent === window ? [] : parent.hits;
  const record = (number: unknown): void => void hits.push(Number(number));
  Object.defineProperties(window, { hits: { value: hits }, hit: { value: record } });
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) traps[name] = () => record(Number.NaN);
  const pageKeys = new Set([...Object.keys(window), 'nova']);

  const elements =
    'script style iframe frame object embed applet base link meta template math img image picture source video audio track portal marquee area map noscript title xmp use foreignobject animate set'.split(
      ' ',
    );
  const attributes =
    /^(?:on.*|style|srcdoc|src|srcset|data|is|ping|poster|background|action|formaction|xlink:href|manifest|integrity)$/i;

  function* everyElement(root: ParentNode): Generator<Element> {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* everyElement(element.shadowRoot);
    }
  }

  function faultsOf(element: Element): string[] {
    const name = element.localName;
    const faults = elements.includes(name.toLowerCase()) ? [`<${name}>`] : [];
    const isAnswer = element.closest('.bubble') !== null && !element.matches('.bubble');
    for (const { name: attribute, value } of element.attributes) {
      // Where a preview stands is set by the CSSOM, which the attribute mirrors.
      const isPlace = attribute === 'style' && element.matches('.preview');
      if ((attributes.test(attribute) && !isPlace) || (isAnswer && /^(?:id|name|slot)$/i.test(attribute))) {
        faults.push(`${name} ${attribute}=${value}`);
      }
    }
    const href = element.getAttribute('href');
    if (href === null || href.startsWith('#')) return faults;
    if (!/^(?:https?|mailto|tel):$/.test(new URL(href, 'x:').protocol)) faults.push(`${name} href=${href}`);
    const guard = `${element.getAttribute('rel')} ${element.getAttribute('target')}`;
    if (guard !== 'noopener noreferrer nofollow ugc _blank') faults.push(`${name} ${guard}`);
    return faults;
  }

  const findForeignMarkup: Traps['findForeignMarkup'] = () => {
    const inChats = [...document.querySelectorAll('nova-chat')].flatMap(({ shadowRoot }) =>
      shadowRoot ? [...everyElement(shadowRoot)].flatMap(faultsOf) : [],
    );
    const globals = Object.keys(window).filter((key) => !pageKeys.has(key));
    const polluted = Object.keys(Object.prototype);
    return [...new Set([...inChats, ...globals.map((key) => `window.${key}`), ...polluted])];
  };

  const touch: Traps['touch'] = (root) => {
    for (const element of everyElement(root)) {
      for (const type of ['pointerover', 'mouseover', 'pointerenter', 'mouseenter', 'pointerdown', 'keydown']) {
        element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
      }
      if (element instanceof HTMLElement) element.focus({ preventScroll: true });
      const href = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
      const isPlain = /^(?:#|https?:|mailto:|tel:)/i.test(href) && !element.hasAttribute('ping');
      const isFollowed = /^(?:a|area|mi)$/i.test(element.localName) && href !== '' && !isPlain;
      if (isFollowed || (element.matches('button, input') && !element.closest('[part]'))) {
        element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
      }
    }
  };
  Object.defineProperties(window, { findForeignMarkup: { value: findForeignMarkup }, touch: { value: touch } });
}
