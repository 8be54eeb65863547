import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NovaShutdownEvent } from '../../events/nova-events.js';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import { exchange } from '../../testing/mount-kept-chat.js';

let mounted: MountedChat | undefined;
afterEach(() => mounted?.unmount());

/** Opens a chat in the place of the one before, as another page of the site does. */
async function open(properties: Partial<NovaChat>): Promise<MountedChat & { select: () => HTMLSelectElement }> {
  mounted?.unmount();
  const chat = await mountChat({ open: true, ...properties });
  mounted = chat;
  await vi.waitUntil(() => chat.findAll('.models').length);
  return { ...chat, select: () => chat.find<HTMLSelectElement>('.models') };
}

const toTexts = ({ options }: HTMLSelectElement): string[] => [...options].map(({ text }) => text);

it('asks the model that the visitor has chosen, or again the one of the page', async () => {
  const { chat, select, settle } = await open({ models: ['fast', { id: 'deep', label: 'Thorough' }] });
  expect(toTexts(select())).toEqual(['Automatic', 'fast', 'Thorough']);
  await userEvent.selectOptions(select(), 'deep');
  await settle();
  expect(chat.model).toBe('deep');
  expect(toTexts(select())).toEqual(['Automatic', 'fast', 'Thorough']);
  expect(select().value).toBe('deep');
  await userEvent.selectOptions(select(), 'Automatic');
  await settle();
  expect(chat.model).toBe('');
  expect(select().value).toBe('');
});

it('shows the model that the page has chosen', async () => {
  const { chat, select, settle } = await open({ models: ['fast', 'deep'], model: 'deep' });
  expect(select().value).toBe('deep');
  chat.model = 'another';
  await settle();
  expect(select().value).toBe('another');
  expect(toTexts(select())).toEqual(['another', 'fast', 'deep']);
});

describe('after a reload', () => {
  const models = ['fast', 'deep'];
  const kept = { models, persist: 'session' } as const;

  beforeEach(async () => {
    sessionStorage.clear();
    const before = await open(kept);
    await userEvent.selectOptions(before.select(), 'deep');
    expect(Object.keys(sessionStorage)).toEqual([]);
    await exchange(before, 'Why?', 'So.');
  });

  it('asks the model that was asked before', async () => {
    const { chat, select, settle } = await open(kept);
    await settle();
    expect(chat.model).toBe('deep');
    expect(select().value).toBe('deep');
  });

  it.each([
    ['the page asks for another one now', { ...kept, model: 'fast' }, 'fast'],
    ['it is offered no more', { ...kept, models: ['fast'] }, ''],
    ['nothing is to be kept', { models, persist: 'none' as const }, ''],
  ])('forgets it when %s', async (_, properties, model) => {
    const { chat, settle } = await open(properties);
    await settle();
    expect(chat.model).toBe(model);
  });

  const keys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith('model'));

  it('keeps nothing of it in a page that is to keep nothing', async () => {
    expect(keys()).toHaveLength(1);
    await open({ models, persist: 'none' });
    expect(keys()).toEqual([]);
  });

  it('keeps nothing of it from the moment on in which nothing is to be kept', async () => {
    const { chat, settle } = await open(kept);
    chat.persist = 'none';
    await settle();
    expect(keys()).toEqual([]);
    expect(chat.model).toBe('deep');
  });

  it('forgets it when the visitor leaves', async () => {
    const { chat, settle } = await open(kept);
    chat.dispatchEvent(new NovaShutdownEvent());
    await settle();
    expect(chat.model).toBe('');
    expect(keys()).toEqual([]);
  });
});

it('is as wide as the chosen name, and not as the longest one', async () => {
  const models = ['fast', { id: 'deep', label: 'Thorough, for everything that needs a long thought' }];
  mounted = await mountChat({ open: true, models, model: 'fast' });
  await vi.waitUntil(() => mounted?.findAll('.models').length, 10_000);
  const { chat, find, settle } = mounted;
  const width = (): number => find('.models').getBoundingClientRect().width;
  const ofShortName = width();
  chat.model = 'deep';
  await settle();
  expect(width()).toBeGreaterThan(ofShortName * 1.5);
  expect(find('h2').getBoundingClientRect().height).toBeLessThan(24);
});

it('has the looks of the chat and an arrow of its own in every browser, also under a pointer', async () => {
  const { chat, select, settle } = await open({ models: ['fast', 'deep'] });
  const style = getComputedStyle(select());
  await userEvent.hover(select());
  expect([style.appearance, style.borderTopWidth]).toEqual(['none', '0px']);
  expect(style.backgroundImage).toContain('gradient');
  const atEnd = style.backgroundPosition;
  chat.dir = 'rtl';
  await settle();
  expect(style.backgroundPosition).not.toBe(atEnd);
});
