import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { begin, button, chat, core, embed, end, focused, host, panel, script } from '../testing/gated-embed.js';
import { awaitedKey } from './loader-key.js';

const launcher = page.getByRole('button', { name: 'Chat', exact: true });

const lookOf = (element: HTMLElement): string[] => {
  const styles = getComputedStyle(element);
  return [...styles]
    .filter((name) => !name.startsWith('--'))
    .map((name) => `${name}: ${styles.getPropertyValue(name)}`);
};

beforeEach(begin);
afterEach(end);

describe('the bubble', () => {
  it('is there at once and loads nothing', async () => {
    embed();
    await expect.element(launcher).toBeVisible();
    expect(core.attempts).toEqual([]);
    expect(host()?.getAttribute('style')).toBeNull();
    expect(host()?.shadowRoot?.adoptedStyleSheets).toHaveLength(1);
    expect(host()?.shadowRoot?.querySelectorAll('style, [style]')).toHaveLength(0);
  });

  it('has a star cut out of it', () => {
    embed();
    const drawing = host()?.shadowRoot?.querySelector('path');
    expect([drawing?.isPointInFill({ x: 12, y: 11 }), drawing?.isPointInFill({ x: 7, y: 8 })]).toEqual([false, true]);
  });

  it('has the accent', () => {
    embed({ accent: 'rgb(187, 0, 0)' });
    expect(getComputedStyle(button()).backgroundColor).toBe('rgb(187, 0, 0)');
  });

  it('covers nothing of the page but itself', () => {
    const link = document.createElement('p');
    link.textContent = 'The page';
    document.body.append(link);
    embed();
    const { left, top } = link.getBoundingClientRect();
    expect(document.elementFromPoint(left + 5, top + 5)).toBe(link);
    expect(document.elementFromPoint(innerWidth / 2, innerHeight - 30)).not.toBe(host());
  });

  it.each([
    ['the pointer comes near', () => userEvent.hover(launcher)],
    ['the keyboard reaches it', () => userEvent.tab()],
  ])('loads ahead when %s, and stays', async (_, approach) => {
    embed();
    await approach();
    await vi.waitUntil(() => core.attempts.length === 1);
    core.arrive();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host()).not.toBeNull();
    expect(chat()).toBeNull();
    await userEvent.unhover(launcher);
  });

  it('opens the chat when it is clicked, and gives the input the focus', async () => {
    embed();
    await userEvent.click(launcher);
    expect(button().getAttribute('aria-busy')).toBe('true');
    expect(core.attempts).toEqual([0]);
    core.arrive();
    await vi.waitUntil(() => focused()?.localName === 'textarea');
    expect(panel()).toBeTruthy();
    expect(chat().open).toBe(true);
    // A screen reader that loses the button before it hears of the input would say nothing of the input.
    expect(host()).not.toBeNull();
    await expect.poll(host, { timeout: 5000 }).toBeNull();
  });

  it('gives the input the focus also when the chat comes late', async () => {
    const { open } = embed();
    button().focus();
    vi.spyOn(navigator.userActivation, 'isActive', 'get').mockReturnValue(false);
    void open();
    core.arrive();
    await vi.waitUntil(() => focused()?.localName === 'textarea');
    vi.restoreAllMocks();
  });

  it('lets the focus stay where the visitor has moved it meanwhile', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    const { open } = embed();
    vi.spyOn(navigator.userActivation, 'isActive', 'get').mockReturnValue(false);
    void open();
    input.focus();
    core.arrive();
    await vi.waitUntil(() => host() === null);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(document.activeElement).toBe(input);
    vi.restoreAllMocks();
  });

  it('gives way to the one of the chat, at the same place and with the focus', async () => {
    const { call } = embed();
    const before = button().getBoundingClientRect();
    const look = lookOf(button());
    button().focus();
    const called = call('stop', []);
    core.arrive();
    await called;
    const own = chat().shadowRoot?.querySelector('.launcher') as HTMLElement;
    expect(own.getBoundingClientRect()).toEqual(before);
    expect(lookOf(own)).toEqual(look);
    expect(focused()).toBe(own);
    const { x, y, width, height } = before;
    expect(document.elementFromPoint(x + width / 2, y + height / 2)).toBe(chat());
    await expect.poll(host, { timeout: 5000 }).toBeNull();
    expect(document.querySelectorAll('nova-chat')).toHaveLength(1);
  });

  it('stays under a pointer that is down', async () => {
    const idle = vi.spyOn(window, 'requestIdleCallback').mockImplementation(() => 0);
    embed({ load: 'idle' });
    const mountUnasked = idle.mock.calls[0]?.[0] as () => void;
    // A page that is never at rest does not wait for ever.
    expect(idle.mock.calls[0]?.[1]).toEqual({ timeout: 5000 });
    button().dispatchEvent(new PointerEvent('pointerdown'));
    core.arrive();
    mountUnasked();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host()).not.toBeNull();
    button().dispatchEvent(new PointerEvent('pointerup'));
    button().click();
    await vi.waitUntil(() => host() === null && panel());
    vi.restoreAllMocks();
  });

  it.each(['idle', 'visible'])('loads by itself with load=%s, and stays closed', async (load) => {
    const { ready } = embed({ load });
    await vi.waitUntil(() => core.attempts.length === 1, { timeout: 5000 });
    core.arrive();
    expect((await ready).open).toBe(false);
    expect(panel() ?? null).toBeNull();
  });

  it('loads by itself when the page before was left with the chat open', async () => {
    sessionStorage.setItem(awaitedKey, 'shown');
    embed();
    await vi.waitUntil(() => core.attempts.length === 1);
  });

  it('comes back as often as a page takes it out, and not without end', async () => {
    embed();
    const swap = (): void => document.body.replaceChildren(script);
    for (let times = 0; times < 3; times += 1) {
      swap();
      await vi.waitUntil(() => host()?.isConnected);
    }
    const hostile = new MutationObserver(() => host()?.remove());
    hostile.observe(document.body, { childList: true });
    swap();
    await vi.waitUntil(() => host() === null);
    expect(document.querySelector('nova-chat')).toBeNull();
  });

  it('opens by itself when the tag says so, and leaves the focus alone', async () => {
    vi.spyOn(navigator.userActivation, 'isActive', 'get').mockReturnValue(false);
    const { ready } = embed({ attributes: new Map([['open', '']]) });
    core.arrive();
    await ready;
    expect(panel()).toBeTruthy();
    expect(document.activeElement).toBe(document.body);
    vi.restoreAllMocks();
  });
});

describe('a chat that does not load', () => {
  it('is told kindly, and asked for again by the next click', async () => {
    embed();
    await userEvent.click(launcher);
    core.fail();
    await vi.waitUntil(() => button().title !== '');
    expect(button().title).toBe('Chat did not load. Try again.');
    expect(button().getAttribute('aria-label')).toBe(button().title);
    expect(button().getAttribute('aria-busy')).toBe('false');
    expect(getComputedStyle(button(), '::after').content).toBe('"!"');
    await userEvent.click(button());
    expect(core.attempts).toEqual([0, 1]);
    expect(button().title).toBe('');
    expect(getComputedStyle(button(), '::after').content).toBe('none');
    core.arrive();
    await vi.waitUntil(() => panel());
  });

  it('is not mentioned as long as nobody wanted it', async () => {
    embed();
    button().focus();
    await vi.waitUntil(() => core.attempts.length === 1);
    core.fail();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(button().title).toBe('');
  });
});
