import type { Browser } from 'playwright-core';
import { type ChatDriver, installChatDriver } from './chat-driver.js';
import { hostileTexts } from './hostile-texts.js';
import type { WidgetSite } from './start-widget-site.js';
import { type AttackedPage, openAttackedPage, type Traps } from './watch-attacks.js';

/** How many chats of a page are attacked side by side. */
const chatCount = 5;

/** Opens a page with chats that keep nothing, and nothing else between them and harm: no policy. */
export async function openChats(browser: Browser, site: WidgetSite, attributes = ''): Promise<AttackedPage> {
  const chats = Array.from(
    { length: chatCount },
    (_, index) =>
      `<nova-chat id="c${index}" mode="inline" persist="none" endpoint="${site.url}" ${attributes}></nova-chat>`,
  );
  site.pages.set('/', {
    body: `<!doctype html><link rel="icon" href="data:,"><body>${chats.join('')}<script src="/widget/embed.js"></script>`,
  });
  const attacked = await openAttackedPage(browser, site.url);
  await attacked.page.locator('#c0 textarea').waitFor();
  await installChatDriver(attacked.page);
  return attacked;
}

/** What is in the page of the test. */
export type Harness = Traps & { driver: ChatDriver };

/** What was shown, as CSS selectors, and what must not be there. */
export interface Seen {
  shown: string[];
  markup: string[];
}

/**
 * Asks the chats side by side, and looks at, hovers and opens what comes; the header `x-number` says which text the
 * answer is to be made of.
 */
export async function askAll({ page }: AttackedPage, looksFor: readonly string[]): Promise<Seen> {
  const questions = hostileTexts.map(({ text }, number) => ({ number, text }));
  return page.evaluate(
    async ({ questions, looksFor }) => {
      const { driver, touch, findForeignMarkup } = window as unknown as Harness;
      const markup = new Set<string>();
      const shown = new Set<string>();
      const queue = questions.entries();
      async function attack(chat: Element): Promise<void> {
        const root = chat.shadowRoot as ShadowRoot;
        for (const [index, { number, text }] of queue) {
          Object.assign(chat, { headers: { 'x-number': String(number) } });
          await driver.ask(chat, text);
          for (const thought of root.querySelectorAll<HTMLElement>('.thought[aria-expanded=false]')) thought.click();
          await driver.settle(chat);
          const message = [...root.querySelectorAll('nova-message')].at(-1);
          if (message) touch(message);
          [...root.querySelectorAll<HTMLElement>('.source')].at(-1)?.focus();
          await driver.settle(chat);
          for (const selector of looksFor) if (root.querySelector(selector)) shown.add(selector);
          if (index % 20 !== 0) continue;
          for (const fault of findForeignMarkup()) markup.add(fault);
          (chat as Element & { clear(): void }).clear();
        }
      }
      await Promise.all([...document.querySelectorAll('nova-chat')].map(attack));
      return { shown: looksFor.filter((selector) => shown.has(selector)), markup: [...markup] };
    },
    { questions, looksFor },
  );
}
