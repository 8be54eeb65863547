import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { MountedChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, mount } from '../../testing/mount-kept-chat.js';

let mounted: MountedChat;
let heard: string[];
const types = ['keydown', 'keypress', 'keyup'] as const;
const hear = ({ key }: KeyboardEvent): void => void heard.push(key);
const slotted = document.createElement('input');

beforeEach(async () => {
  await page.viewport(800, 700);
  heard = [];
  for (const type of types) document.addEventListener(type, hear);
  beginAfresh();
  mounted = await mount();
  // It is loaded with what keeps the conversation.
  await exchange(mounted, 'Why?', 'So.');
});
afterEach(() => {
  for (const type of types) document.removeEventListener(type, hear);
  leave();
});

it('the page hears nothing of what is typed into the chat, and the chat all of it', async () => {
  await userEvent.click(mounted.find('textarea'));
  await userEvent.keyboard('a/? {ArrowLeft}{Home}b{Backspace}');
  expect(mounted.chat.draft).toBe('a/? ');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => mounted.transport.inputs.length).toBe(2);
  expect(heard).toEqual([]);
});

it('the page hears keys that it may mean everywhere', async () => {
  await userEvent.click(mounted.find('textarea'));
  await userEvent.keyboard('{Control>}k{/Control}{F8}');
  expect(heard).toEqual(expect.arrayContaining(['Control', 'k', 'F8']));
});

it('the page hears keys beside the fields, and in a field of its own', async () => {
  mounted.find('.log').focus();
  await userEvent.keyboard('j');
  expect(heard).toContain('j');
  slotted.slot = 'footer';
  mounted.chat.append(slotted);
  slotted.focus();
  await userEvent.keyboard('x');
  expect(heard).toContain('x');
});

it('the page hears every key that it has heard go down come up again', async () => {
  const down: string[] = [];
  const onDown = ({ key }: KeyboardEvent): void => void down.push(key);
  const up: string[] = [];
  const onUp = ({ key }: KeyboardEvent): void => void up.push(key);
  document.addEventListener('keydown', onDown);
  document.addEventListener('keyup', onUp);
  mounted.find('.log').focus();
  await userEvent.keyboard('{j>}');
  await userEvent.click(mounted.find('textarea'));
  await userEvent.keyboard('{/j}{Control>}{k>}{/Control}{/k}x');
  document.removeEventListener('keydown', onDown);
  document.removeEventListener('keyup', onUp);
  expect(down).toEqual(['j', 'Control', 'k']);
  expect(up).toEqual(['j', 'Control', 'k']);
});
