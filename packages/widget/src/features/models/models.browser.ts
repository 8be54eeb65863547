import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat | undefined;
afterEach(() => mounted?.unmount());

it('asks the model that the visitor has chosen', async () => {
  mounted = await mountChat({ open: true, models: ['fast', { id: 'deep', label: 'Thorough' }] });
  const { chat, find, findAll, settle } = mounted;
  await vi.waitUntil(() => findAll('.models').length, 10_000);
  const select = find<HTMLSelectElement>('.models');
  expect([...select.options].map(({ text }) => text)).toEqual(['Automatic', 'fast', 'Thorough']);
  await userEvent.selectOptions(select, 'deep');
  await settle();
  expect(chat.model).toBe('deep');
  expect([...select.options].map(({ text }) => text)).toEqual(['fast', 'Thorough']);
  expect(select.value).toBe('deep');
});

it('shows the model that the page has chosen', async () => {
  mounted = await mountChat({ open: true, models: ['fast', 'deep'], model: 'deep' });
  await vi.waitUntil(() => mounted?.findAll('.models').length, 10_000);
  expect(mounted.find<HTMLSelectElement>('.models').value).toBe('deep');
  mounted.chat.model = 'another';
  await mounted.settle();
  expect(mounted.find<HTMLSelectElement>('.models').value).toBe('another');
});
