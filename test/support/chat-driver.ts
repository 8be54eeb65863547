import type { Page } from 'playwright-core';

/** What a test asks of the chats in a page. */
export interface ChatDriver {
  /** Asks, and waits until the exchange has ended and is shown; gives what has come of it. */
  ask(chat: Element, text: string): Promise<string>;
  /** Waits until the views of a chat have been rendered. */
  settle(chat: Element): Promise<void>;
}

type Chat = Element & { send(text: string): boolean; updateComplete: Promise<unknown> };

/** Puts the driver into a page, as `driver`. */
export async function installChatDriver(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const driver: ChatDriver = {
      async settle(chat) {
        await (chat as Chat).updateComplete;
        await frame();
      },
      async ask(chat, text) {
        const ended = new Promise<string>((resolve) => {
          const onEnd = (event: Event): void => resolve((event as Event & { outcome: string }).outcome);
          chat.addEventListener('nova-response-end', onEnd, { once: true });
        });
        if (!(chat as Chat).send(text)) return 'not taken';
        const outcome = await ended;
        await driver.settle(chat);
        return outcome;
      },
    };
    Object.defineProperty(window, 'driver', { value: driver });
  });
}
