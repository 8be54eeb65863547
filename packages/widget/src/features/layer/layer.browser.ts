import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat;
const cover = document.createElement('div');
// The page believes that nothing may be above it.
cover.setAttribute('style', 'position: fixed; inset: 0; z-index: 2147483647; background: pink');

beforeEach(async () => {
  await page.viewport(800, 700);
  document.body.append(cover);
});
afterEach(() => {
  mounted.unmount();
  cover.remove();
  document.querySelector('dialog')?.remove();
});

const atLauncher = (): Element | null => document.elementFromPoint(800 - 40, 700 - 40);

it('is above all of the page in the top layer, at the same place, and takes no click beside it', async () => {
  mounted = await mountChat();
  const place = mounted.find('.launcher').getBoundingClientRect();
  expect(atLauncher()).toBe(cover);
  mounted.chat.layer = 'top';
  await vi.waitFor(() => expect(atLauncher()).toBe(mounted.chat));
  expect(mounted.find('.launcher').getBoundingClientRect()).toEqual(place);
  expect(document.elementFromPoint(20, 20)).toBe(cover);
  expect(document.elementFromPoint(400, 350)).toBe(cover);
  await userEvent.click(page.getByRole('button', { name: 'Chat' }));
  await vi.waitFor(() => expect(mounted.focused()?.localName).toBe('textarea'));
  expect(document.elementFromPoint(600, 400)).toBe(mounted.chat);
  expect(await axeViolations(mounted.chat)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await mounted.settle();
  expect(mounted.chat.open).toBe(false);
  expect(atLauncher()).toBe(mounted.chat);
  mounted.chat.layer = 'page';
  await vi.waitFor(() => expect(atLauncher()).toBe(cover));
  expect(mounted.find('.launcher').getBoundingClientRect()).toEqual(place);
});

it('is above a dialog that was there before, and there again after the page has moved it', async () => {
  mounted = await mountChat({ open: true });
  const panel = mounted.find('.panel').getBoundingClientRect();
  const before = document.createElement('div');
  before.popover = 'manual';
  before.setAttribute('style', 'position: fixed; inset: 0; width: 100%; height: 100%; margin: 0');
  document.body.append(before);
  before.showPopover();
  mounted.chat.layer = 'top';
  await vi.waitFor(() => expect(atLauncher()).toBe(mounted.chat));
  const section = document.createElement('section');
  document.body.append(section);
  section.append(mounted.chat);
  await vi.waitFor(() => expect(atLauncher()).toBe(mounted.chat));
  expect(mounted.find('.panel').getBoundingClientRect()).toEqual(panel);
  before.remove();
  section.remove();
});

it('leaves an inline chat where it is', async () => {
  mounted = await mountChat({ mode: 'inline', layer: 'top' });
  await mounted.settle();
  expect(mounted.chat.popover).toBeNull();
});
