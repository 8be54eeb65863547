import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openChatPage } from '../support/open-chat-page.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** What a page still holds. */
interface Held {
  listeners: number;
  nodes: number;
  heapBytes: number;
  timers: number;
  frames: number;
  observers: number;
  channels: number;
  locks: number;
}

it('a thousand mounts and unmounts leave nothing behind', { timeout: 120_000 }, async () => {
  const context = await browser.newContext();
  await context.addInitScript(countWhatIsHeld);
  const { page, troubles } = await openChatPage(context);
  await page.waitForFunction(() => document.querySelector('nova-chat')?.shadowRoot);
  await page.evaluate(() => (window as unknown as { nova(name: string): Promise<unknown> }).nova('shutdown'));
  await mountAndUnmount(page, 200);
  const early = await readHeld(page);
  await mountAndUnmount(page, 400);
  const half = await readHeld(page);
  await mountAndUnmount(page, 400);
  // The last chats may still wait for an idle moment or a second of theirs; what is kept for good stays above.
  let whole = await readHeld(page);
  const grown = async (): Promise<Partial<Held>> => {
    whole = await readHeld(page);
    return {
      listeners: Math.max(0, whole.listeners - half.listeners - 40),
      nodes: Math.max(0, whole.nodes - half.nodes - 200),
      heapBytes: Math.max(0, whole.heapBytes - half.heapBytes - 400 * 1024),
    };
  };
  await expect.poll(grown, { timeout: 20_000, interval: 500 }).toEqual({ listeners: 0, nodes: 0, heapBytes: 0 });
  for (const held of [half, whole]) {
    expect(held).toMatchObject({ timers: early.timers, frames: 0, observers: early.observers, channels: 0, locks: 0 });
  }
  expect(troubles.consoleErrors).toEqual([]);

  // Chats that are held on to are seen.
  await page.evaluate(() => {
    const { createElement } = document;
    const kept: Element[] = [];
    document.createElement = ((name: string) => {
      const element = createElement.call(document, name);
      kept.push(element);
      return element;
    }) as typeof createElement;
    Object.assign(window, { kept });
  });
  const isSeen = async (): Promise<boolean> => {
    const before = whole;
    await mountAndUnmount(page, 60);
    whole = await readHeld(page);
    return whole.listeners - before.listeners > 40 && whole.nodes - before.nodes > 200;
  };
  // What was let go of late would hide the first ones.
  await expect.poll(isSeen, { timeout: 40_000, interval: 0 }).toBe(true);
  await context.close();
});

/** Mounts chats one after the other: every third one open and in the middle of an answer, with all that is opt-in. */
async function mountAndUnmount(page: Page, count: number): Promise<void> {
  await page.evaluate(async (rounds) => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const client = {
      send: () => ({
        async *[Symbol.asyncIterator]() {
          for (const text of [
            'A **first** paragraph.\n\n',
            '```js\nlet a = 1;\n```\n\n',
            '| a | b |\n|---|---|\n| 1 |',
          ]) {
            yield { type: 'text-delta', text, choice: 0 };
            await new Promise((resolve) => setTimeout(resolve, 30));
          }
          yield { type: 'end', outcome: 'complete', finishReason: 'stop' };
        },
        stop() {},
      }),
    };
    for (let round = 0; round < rounds; round += 1) {
      const isUsed = round % 3 === 0;
      const isRich = round % 6 === 0;
      const chat = Object.assign(document.createElement('nova-chat'), {
        client,
        open: isUsed,
        persist: ['none', 'session', 'local'][Math.floor(round / 3) % 3],
        ...(isRich ? { attachments: true, voice: true, models: ['a', 'b'], consent: null, starters: ['Why?'] } : {}),
        ...(isRich ? { tools: [{ name: 't', description: 't', parameters: {}, run: () => 1 }] } : {}),
      }) as HTMLElement & { send(text: string): boolean };
      document.body.append(chat);
      if (isUsed) {
        chat.send('Why?');
        await frame();
        await frame();
      }
      if (round % 60 === 0) await new Promise((resolve) => setTimeout(resolve, 200));
      chat.remove();
    }
    // The last answers end.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, count);
}

async function readHeld(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let round = 0; round < 3; round += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(100);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const counted = await page.evaluate(async () => {
    const { held } = window as unknown as { held: Record<string, Set<unknown>> };
    const sizes = Object.fromEntries(Object.entries(held).map(([name, { size }]) => [name, size]));
    return { ...sizes, locks: (await navigator.locks.query()).held?.length ?? 0 };
  });
  return {
    listeners: read('JSEventListeners'),
    nodes: read('Nodes'),
    heapBytes: read('JSHeapUsedSize'),
    ...(counted as Pick<Held, 'timers' | 'frames' | 'observers' | 'channels' | 'locks'>),
  };
}

/** Runs in the page, before everything else. */
function countWhatIsHeld(): void {
  const held = {
    timers: new Set<unknown>(),
    frames: new Set<unknown>(),
    observers: new Set<unknown>(),
    channels: new Set<unknown>(),
  };
  Object.assign(window, { held });
  const { setInterval: startInterval, clearInterval: endInterval } = window;
  Object.assign(window, {
    setInterval: (run: () => void, ms: number) => {
      const id = startInterval(run, ms);
      held.timers.add(id);
      return id;
    },
    clearInterval: (id: number) => {
      held.timers.delete(id);
      endInterval(id);
    },
  });
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = window;
  Object.assign(window, {
    requestAnimationFrame: (run: FrameRequestCallback) => {
      const id = request((time) => {
        held.frames.delete(id);
        run(time);
      });
      held.frames.add(id);
      return id;
    },
    cancelAnimationFrame: (id: number) => {
      held.frames.delete(id);
      cancel(id);
    },
  });
  for (const Observer of [ResizeObserver, MutationObserver, IntersectionObserver]) {
    const { observe, disconnect } = Observer.prototype;
    Object.assign(Observer.prototype, {
      observe(this: unknown, ...rest: unknown[]) {
        held.observers.add(this);
        return (observe as (...given: unknown[]) => void).apply(this, rest);
      },
      disconnect(this: never) {
        held.observers.delete(this);
        disconnect.call(this);
      },
    });
  }
  const Channel = BroadcastChannel;
  Object.assign(window, {
    BroadcastChannel: class extends Channel {
      constructor(name: string) {
        super(name);
        held.channels.add(this);
      }
      override close(): void {
        held.channels.delete(this);
        super.close();
      }
    },
  });
}
