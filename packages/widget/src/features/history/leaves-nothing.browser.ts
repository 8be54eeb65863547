import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAfresh, exchange, leave, mount } from '../../testing/mount-kept-chat.js';

beforeEach(beginAfresh);
afterEach(() => {
  leave();
  vi.restoreAllMocks();
});

describe('a thousand mounts', () => {
  it('leave no listener, no channel and no lock behind', async () => {
    const open = new Set<unknown>();
    let listeners = 0;
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const isOutside = (target: unknown): boolean => target === window || target === document || target === undefined;
    vi.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (this: EventTarget, ...rest) {
      if (isOutside(this)) listeners += 1;
      return add.apply(this, rest);
    });
    vi.spyOn(EventTarget.prototype, 'removeEventListener').mockImplementation(function (this: EventTarget, ...rest) {
      if (isOutside(this)) listeners -= 1;
      return remove.apply(this, rest);
    });
    const Channel = globalThis.BroadcastChannel;
    vi.stubGlobal(
      'BroadcastChannel',
      class extends Channel {
        constructor(name: string) {
          super(name);
          open.add(this);
        }
        override close(): void {
          open.delete(this);
          super.close();
        }
      },
    );
    const first = await mount({ persist: 'local' });
    await exchange(first, 'Why?', 'So.');
    first.unmount();
    await Promise.resolve();
    const before = listeners;
    for (let count = 0; count < 1000; count += 1) {
      const chat = Object.assign(document.createElement('nova-chat'), {
        client: { send: () => ({ async *[Symbol.asyncIterator]() {}, stop() {} }) },
        persist: 'local' as const,
      });
      document.body.append(chat);
      // The feature arrives by microtasks, as its module is there already.
      if (count % 50 === 0) await vi.waitUntil(() => chat.conversation.getState().messages.length === 2);
      chat.remove();
    }
    await expect.poll(() => open.size).toBe(0);
    await expect.poll(() => listeners).toBe(before);
    await expect.poll(async () => (await navigator.locks.query()).held).toEqual([]);
    vi.unstubAllGlobals();
  });
});
