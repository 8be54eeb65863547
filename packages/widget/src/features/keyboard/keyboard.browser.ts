import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat;

beforeEach(async () => {
  await page.viewport(390, 800);
  mounted = await mountChat({ open: true });
});
afterEach(() => {
  mounted.unmount();
  vi.restoreAllMocks();
  for (const name of ['height', 'offsetTop', 'scale']) Reflect.deleteProperty(visualViewport as object, name);
});

/** What a phone does when its keyboard comes or goes: neither the window nor any CSS unit changes. */
function show(viewport: { height: number; offsetTop?: number; scale?: number }): void {
  for (const [name, value] of Object.entries({ offsetTop: 0, scale: 1, ...viewport })) {
    Object.defineProperty(visualViewport, name, { configurable: true, value });
  }
  visualViewport?.dispatchEvent(new Event('resize'));
}

const panel = (): number[] => {
  const { top, bottom } = mounted.find('.panel').getBoundingClientRect();
  return [top, bottom];
};

function panelAfter(viewport: { height: number }): number[] {
  show(viewport);
  return panel();
}

it('keeps header and input in view while a keyboard covers the page, and takes the room back after it', async () => {
  expect(panel()).toEqual([0, 800]);
  await expect.poll(() => panelAfter({ height: 460 })).toEqual([0, 460]);
  expect(mounted.find('textarea').getBoundingClientRect().bottom).toBeLessThanOrEqual(460);
  expect(mounted.find('header').getBoundingClientRect().top).toBe(0);
  // A phone moves what it shows to where the input was.
  show({ height: 460, offsetTop: 120 });
  expect(panel()).toEqual([120, 580]);
  show({ height: 800 });
  expect(panel()).toEqual([0, 800]);
});

it('begins a line with Enter where there is no keyboard but on the screen, when the page wants it so', async () => {
  const isCoarse = vi
    .spyOn(globalThis, 'matchMedia')
    .mockImplementation(
      (query) => ({ matches: query.includes('coarse') || query.includes('480px') }) as MediaQueryList,
    );
  const input = mounted.find<HTMLTextAreaElement>('textarea');
  await userEvent.click(input);
  await userEvent.keyboard('One{Enter}');
  await vi.waitFor(() => expect(mounted.transport.inputs).toHaveLength(1));
  mounted.transport.complete();
  await mounted.settle();
  expect(input.enterKeyHint).toBe('send');
  mounted.chat.enterKey = 'newline';
  await mounted.settle();
  expect(input.enterKeyHint).toBe('enter');
  await userEvent.keyboard('Two{Enter}three');
  expect(input.value).toBe('Two\nthree');
  expect(mounted.transport.inputs).toHaveLength(1);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(mounted.transport.inputs).toHaveLength(2));
  mounted.transport.complete();
  await mounted.settle();
  // With a keyboard of its own a device sends with it.
  isCoarse.mockRestore();
  mounted.chat.requestUpdate();
  await mounted.settle();
  expect(input.enterKeyHint).toBe('send');
  await userEvent.keyboard('Four{Enter}');
  await vi.waitFor(() => expect(mounted.transport.inputs).toHaveLength(3));
});

it('keeps the end of an answer in view when the keyboard comes', async () => {
  mounted.chat.send('Why?');
  mounted.transport.say('A line of the answer.\n\n'.repeat(60));
  await mounted.settle();
  await expect.poll(() => panelAfter({ height: 460 })).toEqual([0, 460]);
  const log = mounted.find('.log');
  await expect.poll(() => log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(1);
});

it.each([
  ['zoomed in', { height: 400, scale: 2 }],
  ['a bar of the browser', { height: 745 }],
])('is not mistaken for a keyboard: %s', async (_, viewport) => {
  await expect.poll(() => panelAfter({ height: 460 })).toEqual([0, 460]);
  show(viewport);
  expect(panel()).toEqual([0, 800]);
});

it('hears nothing once the chat has left the page', async () => {
  await expect.poll(() => panelAfter({ height: 460 })).toEqual([0, 460]);
  const removed = vi.spyOn(EventTarget.prototype, 'removeEventListener');
  mounted.unmount();
  expect(removed.mock.contexts.filter((target) => target === visualViewport)).toHaveLength(2);
});
