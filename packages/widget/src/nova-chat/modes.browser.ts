import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import type { NovaMode, NovaPosition } from './nova-chat-properties.js';

let mounted: MountedChat | undefined;

beforeAll(() => page.viewport(1280, 800));
afterAll(() => page.viewport(414, 896));
afterEach(() => {
  mounted?.unmount();
  document.documentElement.dir = '';
});

/** The edges of the window that an element touches, or is nearer to, when it has come to rest. */
async function edgesOf(element: HTMLElement): Promise<string[]> {
  await Promise.all(element.getAnimations().map(({ finished }) => finished));
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [
    top <= innerHeight - bottom ? 'top' : '',
    bottom >= innerHeight - top ? 'bottom' : '',
    left <= innerWidth - right ? 'left' : '',
    right >= innerWidth - left ? 'right' : '',
  ].filter(Boolean);
}

describe('the place of the chat', () => {
  it.each<[NovaPosition, string, string[]]>([
    ['bottom-end', 'ltr', ['bottom', 'right']],
    ['bottom-start', 'ltr', ['bottom', 'left']],
    ['top-end', 'ltr', ['top', 'right']],
    ['top-start', 'ltr', ['top', 'left']],
    ['bottom-end', 'rtl', ['bottom', 'left']],
    ['top-start', 'rtl', ['top', 'right']],
  ])('is %s on a page that reads %s', async (position, dir, edges) => {
    document.documentElement.dir = dir;
    mounted = await mountChat({ open: true, position });
    mounted.chat.style.setProperty('--nova-height', '300px');
    expect(await edgesOf(mounted.find('.launcher'))).toEqual(edges);
    expect(await edgesOf(mounted.find('.panel'))).toEqual(edges);
  });

  it.each<[NovaMode, NovaPosition, string[]]>([
    ['panel', 'bottom-end', ['top', 'bottom', 'right']],
    ['panel', 'bottom-start', ['top', 'bottom', 'left']],
    ['fullscreen', 'bottom-end', ['top', 'bottom', 'left', 'right']],
  ])('is along the edges as a %s at %s, and the launcher makes way', async (mode, position, edges) => {
    mounted = await mountChat({ open: true, mode, position });
    expect(await edgesOf(mounted.find('.panel'))).toEqual(edges);
    expect(mounted.find('.panel').getBoundingClientRect().height).toBe(innerHeight);
    expect(getComputedStyle(mounted.find('.launcher')).display).toBe('none');
    mounted.chat.hide();
    await mounted.settle();
    expect(getComputedStyle(mounted.find('.launcher')).display).toBe('grid');
  });

  it.each<[NovaMode, string | null]>([
    ['fullscreen', 'true'],
    ['panel', null],
    ['bubble', null],
    ['inline', null],
  ])('is a modal only where it covers the whole window: %s', async (mode, isModal) => {
    mounted = await mountChat({ open: true, mode });
    expect(mounted.find('.panel').getAttribute('aria-modal')).toBe(isModal);
  });
});

describe('the language of the chat', () => {
  it.each([
    ['', 'en', null],
    ['en-GB', 'en-GB', null],
    ['no tag at all', 'en', null],
  ])('of locale %j is %s', async (locale, language, dir) => {
    mounted = await mountChat({ open: true, locale });
    await expect.poll(() => mounted?.find('.root').lang).toBe(language);
    expect(mounted.find('.root').getAttribute('dir')).toBe(dir);
  });
});
