import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat | undefined;
beforeEach(() => page.viewport(800, 500));
afterEach(() => mounted?.unmount());

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

describe('words of the owner that are longer than expected', () => {
  it('are a greeting and starters that are read from their beginning', async () => {
    const starters = Array.from({ length: 12 }, (_, index) => `Question ${index}?`);
    mounted = await mountChat({ open: true, starters });
    const { chat, find, settle } = mounted;
    const log = find('.log');
    await expect.poll(() => log.scrollHeight).toBeGreaterThan(log.clientHeight);
    await settle();
    expect(log.scrollTop).toBe(0);
    // Whoever has gone down to a starter stays there while the input grows.
    log.scrollTop = 40;
    chat.draft = 'A line.\n'.repeat(5);
    const { clientHeight } = log;
    await expect.poll(() => log.clientHeight).toBeLessThan(clientHeight);
    await settle();
    expect(log.scrollTop).toBe(40);
  });

  it('are a starter of one word that does not fit', async () => {
    mounted = await mountChat({ open: true, starters: [longWord] });
    const { find } = mounted;
    const { right } = find('.starter').getBoundingClientRect();
    expect(right).toBeLessThan(find('.log').getBoundingClientRect().right);
  });

  it.each(['inline', 'bubble'] as const)('are a heading of several lines, which stand together: %s', async (mode) => {
    mounted = await mountChat({ open: true, mode });
    const { chat, find, settle } = mounted;
    const heightOf = (selector: string): number => find(selector).getBoundingClientRect().height;
    // With a button in it and without.
    expect(heightOf('header')).toBe(61);
    const line = heightOf('h2');
    chat.heading = 'The chat of the library of the city, and of everybody who reads. '.repeat(3);
    await settle();
    expect(heightOf('h2')).toBeGreaterThan(1.5 * line);
    expect(heightOf('header')).toBeLessThan(heightOf('h2') + 26);
    expect(line).toBeLessThan(24);
  });
});
