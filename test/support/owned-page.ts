import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type { AnswerStep, WidgetSite } from './start-widget-site.js';

/** An answer with something of everything. */
export const toRichAnswer = ({ text }: { text: string }): AnswerStep[] => [
  { delta: { content: `You asked: **${text}**\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n` } },
  { delta: { content: '```ts\nconst a = 1;\n```\n' } },
  { members: { nova: { suggestions: ['And then?'] } } },
];

/** A page with the built chat in it. */
export interface Opened extends AsyncDisposable {
  page: Page;
  /** Errors that nobody has caught. */
  errors: string[];
}

/** The script tag. */
export const tag = (attributes = 'data-nova-persist="local"'): string =>
  `<script src="/widget/embed.js" ${attributes}></script>`;

/** What a page has of its own; the body ends with the script tag unless it says otherwise. */
export interface OwnedPage {
  head?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Opens a page that has something of its own. */
export async function openOwnedPage(
  browser: Browser,
  site: WidgetSite,
  { head = '', body = tag(), headers = {} }: OwnedPage,
): Promise<Opened> {
  site.pages.set('/', {
    headers,
    body: `<!doctype html><html lang="en"><head><link rel="icon" href="data:,">${head}</head><body><h1>Shop</h1><p>Words of the page.</p>${body}</body></html>`,
  });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(site.url);
  return { page, errors, [Symbol.asyncDispose]: () => context.close() };
}

/** The chat in a page. */
export const chatOf = (page: Page | Frame): Locator => page.locator('nova-chat');

/** What a visitor came for: opens the chat, asks twice, and gets both answers. */
export async function askAndRead(page: Page | Frame): Promise<void> {
  const launcher = page.getByRole('button', { name: 'Chat', exact: true });
  const input = chatOf(page).locator('textarea');
  // The one that has a launcher has no input yet; neither is there at once.
  await launcher.or(input).first().waitFor();
  if (await launcher.count()) await launcher.click();
  await input.fill('First?');
  await input.press('Enter');
  await chatOf(page).getByText('First?', { exact: true }).nth(1).waitFor();
  await chatOf(page).getByRole('button', { name: 'And then?' }).click();
  await chatOf(page).locator('.assistant strong', { hasText: 'And then?' }).waitFor();
  await chatOf(page).locator('.code-keyword').last().waitFor();
  await chatOf(page).getByRole('button', { name: 'Copy answer' }).last().waitFor();
}

/** Place and looks of what a visitor sees, by selector. */
export type Look = Record<string, Record<string, string>>;

/** Looks at the chat. */
export function lookOf(page: Page): Promise<Look> {
  return chatOf(page).evaluate((chat) => {
    const selectors =
      '.launcher .panel h2 .user_.bubble .assistant_p .assistant_li .assistant_td .assistant_pre .starter textarea .send .close-list .tool'.split(
        ' ',
      );
    const properties =
      'display position color background-color font-size font-weight font-style font-family line-height letter-spacing text-transform text-align text-indent word-spacing border-top-width border-radius padding-left margin-top opacity visibility pointer-events cursor float box-sizing'.split(
        ' ',
      );
    return Object.fromEntries(
      selectors.flatMap((name) => {
        const element = chat.shadowRoot?.querySelector(name.replace('_', ' '));
        if (!element) return [];
        const style = getComputedStyle(element);
        const { x, y, width, height } = element.getBoundingClientRect();
        const looks = properties.map((property) => [property, style.getPropertyValue(property)]);
        return [[name, { ...Object.fromEntries(looks), place: [x, y, width, height].map(Math.round).join(' ') }]];
      }),
    );
  });
}
