import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openWatchedPage, type PageTroubles } from './watch-page.js';

const embedFolder = join(import.meta.dirname, '../../packages/widget/dist/embed');

/** A page with the built script tag in it, whose chat is answered by the test. */
export interface ChatPage {
  page: Page;
  troubles: PageTroubles;
}

export interface ChatPageOptions {
  /** Attributes of the script tag. Default: opens at once. */
  tag?: string;
  /** Where the script is. */
  source?: string;
  /** The page around it. */
  body?: string;
  /** Goes into the head. */
  head?: string;
  /** What the page begins with. */
  doctype?: string;
  /** Where the page is; what is asked of it beside the page and the script goes to the network. */
  origin?: string;
  /** Built files that do not come. */
  lost?: RegExp;
  /** Answers come from the network, and not from `hand`. */
  isOnline?: boolean;
}

/**
 * Opens a page that no server has to stand behind: the files are the built ones. In it, `hand` is a client that answers
 * what the test says.
 */
export async function openChatPage(context: BrowserContext, options: ChatPageOptions = {}): Promise<ChatPage> {
  const { tag = 'data-nova-open', source = '/widget/embed.js', body = '', head = '' } = options;
  const { doctype = '<!doctype html>', origin = 'http://localhost', isOnline = false, lost } = options;
  const opened = await openWatchedPage(context);
  const { page } = opened;
  await page.route(`${origin}/`, (route) => {
    const script = `<script async src="${source}" ${tag}></script>`;
    const start = `${doctype}<html lang="en"><meta name="viewport" content="width=device-width">`;
    const html = `${start}<title>Page</title><link rel="icon" href="data:,">${head}<body>${body}${script}</body></html>`;
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.route(`${origin}${dirname(source)}/**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(dirname(source).length + 1);
    if (lost?.test(file)) return route.abort();
    return route.fulfill({ contentType: 'text/javascript', body: await readFile(join(embedFolder, file)) });
  });
  if (!isOnline) await page.addInitScript(installHand);
  await page.goto(`${origin}/`);
  // The bubble of the script, or what an inline chat is loaded to.
  await page.getByRole('button').or(page.getByRole('textbox')).first().waitFor();
  return opened;
}

/** Answers by hand what the chats of a page ask. */
export interface Hand {
  readonly client: object;
  /** The questions so far. */
  readonly asked: string[];
  readonly stops: number;
  write(...events: object[]): void;
  say(...texts: string[]): void;
  complete(): void;
  fail(code: string, more?: object): void;
}

declare global {
  interface Window {
    hand: Hand;
  }
}

/** Runs in the page. */
function installHand(): void {
  interface Input {
    messages: { content: unknown }[];
  }
  let queue: object[] = [];
  let wake: (() => void) | undefined;
  const state = { asked: [] as string[], stops: 0 };
  const write = (...events: object[]): void => {
    queue.push(...events);
    wake?.();
  };
  const client = {
    send({ messages }: Input) {
      state.asked.push(String(messages.at(-1)?.content));
      queue = [];
      return {
        async *[Symbol.asyncIterator]() {
          for (;;) {
            const event = queue.shift() as { type: string } | undefined;
            if (event) yield event;
            else
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
            if (event?.type === 'end') return;
          }
        },
        stop() {
          state.stops += 1;
          write({ type: 'end', outcome: 'aborted' });
        },
      };
    },
  };
  const hand: Hand = {
    client,
    get asked() {
      return state.asked;
    },
    get stops() {
      return state.stops;
    },
    write,
    say: (...texts) => write(...texts.map((text) => ({ type: 'text-delta', text, choice: 0 }))),
    complete: () => write({ type: 'end', outcome: 'complete', finishReason: 'stop' }),
    fail: (code, more = {}) =>
      write({ type: 'end', outcome: 'failed', error: { code, message: 'Internal.', retryable: true, ...more } }),
  };
  Object.assign(window, { hand });
  addEventListener('nova-ready', ({ target }) => {
    const chat = target as { client?: object };
    chat.client ??= client;
  });
}
