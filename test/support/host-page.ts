import type { BrowserContext, Page } from 'playwright-core';
import { openWatchedPage, type PageTroubles } from './watch-page.js';

/** A message of a chat, as far as a test looks at it. */
export interface SaidMessage {
  text: string;
  status: string;
}

/** A page of somebody's site, with a chat in it. */
export interface HostPage {
  page: Page;
  troubles: PageTroubles;
  /** What the conversation says, the answer under way last. */
  messages(): Promise<SaidMessage[]>;
  answer(): Promise<string>;
  ask(question: string): Promise<void>;
}

export interface HostPageOptions {
  context: BrowserContext;
  /** The address of the server that the chat talks to; the pages come from there too. */
  url: string;
  /** The pages, by their paths; each is the inside of `<html>`. */
  pages: Readonly<Record<string, string>>;
  /** Scripts of the site, by their paths. */
  scripts?: Readonly<Record<string, string>>;
  policy?: string;
}

/** Opens the first of some pages. */
export async function openHostPage(options: HostPageOptions): Promise<HostPage> {
  const { context, url, pages, scripts = {}, policy } = options;
  const { page, troubles } = await openWatchedPage(context);
  const serve = (path: string, type: string, body: string): Promise<unknown> =>
    context.route(`${url}${path}`, (route) =>
      route.fulfill({
        headers: { 'content-type': type, ...(policy && { 'content-security-policy': policy }) },
        body,
      }),
    );
  for (const [path, inside] of Object.entries(pages))
    await serve(path, 'text/html; charset=utf-8', `<!doctype html><html lang="en">${inside}</html>`);
  for (const [path, code] of Object.entries(scripts)) await serve(path, 'text/javascript', code);
  await page.goto(url + Object.keys(pages)[0]);
  const messages = (): Promise<SaidMessage[]> => page.evaluate(readMessages);
  return {
    page,
    troubles,
    messages,
    answer: async () => (await messages()).at(-1)?.text ?? '',
    async ask(question) {
      await page.getByRole('textbox', { name: 'Ask a question' }).fill(question);
      await page.keyboard.press('Enter');
    },
  };
}

function readMessages(): SaidMessage[] {
  const chat = document.querySelector('nova-chat') as unknown as {
    conversation?: { getState(): { messages: SaidMessage[]; live?: { message: SaidMessage } } };
  } | null;
  const state = chat?.conversation?.getState();
  if (!state) return [];
  const all = state.live ? [...state.messages, state.live.message] : state.messages;
  return all.map(({ text, status }) => ({ text, status }));
}
