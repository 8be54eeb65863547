import type { UrlCitation } from '@nova-chat/client/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;

beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
});

const quote = 'Goods can be sent back within 30 days.';
const rules: UrlCitation = {
  url: 'https://example.com/rules',
  title: 'The rules',
  start_index: 0,
  end_index: 1,
  content: quote,
};
const shop: UrlCitation = { url: 'https://example.com/shop', title: 'The shop', start_index: 0, end_index: 1 };

async function mountWith(...citations: UrlCitation[]): Promise<void> {
  mounted = await mountAnsweredChat();
  await mounted.exchange(
    'Why?',
    'So.',
    ...citations.map((citation) => ({ type: 'citation' as const, citation, choice: 0 })),
  );
  await mounted.when('.tools .copy');
  // The preview has nothing to show yet; that it has been loaded shows at the first source with the focus.
  await vi.waitFor(async () => {
    mounted.find('textarea').focus();
    await focusSource(0);
    mounted.find('.preview');
  });
  mounted.find('textarea').focus();
  await mounted.settle();
}

async function focusSource(index: number): Promise<void> {
  mounted.findAll('.source')[index]?.focus({ focusVisible: true } as FocusOptions);
  await mounted.settle();
}

const lines = (): string[] => mounted.findAll('.preview > *').map(({ innerText }) => innerText);

describe('the preview of a source', () => {
  it('shows title, place and the passage that is meant at the focus, and goes with Escape alone', async () => {
    await mountWith(rules, shop);
    await focusSource(0);
    expect(lines()).toEqual(['The rules', 'example.com/rules', quote]);
    expect(mounted.focused()?.getAttribute('aria-description')).toBe(quote);
    await focusSource(1);
    expect(lines()).toEqual(['The shop', 'example.com/shop']);
    await userEvent.keyboard('{Escape}');
    await mounted.settle();
    expect(mounted.findAll('.preview')).toHaveLength(0);
    expect(mounted.chat.open).toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(mounted.chat.open).toBe(false);
  });

  it('goes with the focus', async () => {
    await mountWith(rules);
    await focusSource(0);
    mounted.find('textarea').focus();
    await mounted.settle();
    expect(mounted.findAll('.preview, [aria-description]')).toHaveLength(0);
  });

  it('comes under a pointer that rests, and stays while the pointer is on it', async () => {
    await mountWith(rules);
    await userEvent.hover(mounted.find('.source'));
    await mounted.when('.preview');
    await userEvent.hover(mounted.find('.preview blockquote'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(mounted.findAll('.preview')).toHaveLength(1);
    await userEvent.hover(mounted.find('textarea'));
    await vi.waitFor(() => expect(mounted.findAll('.preview')).toHaveLength(0));
  });

  describe('when the pointer leaves the chat in one movement', () => {
    const elsewhere = Object.assign(document.createElement('button'), { textContent: 'Elsewhere' });
    const heard = vi.fn();
    beforeEach(() => {
      document.body.prepend(elsewhere);
      document.addEventListener('keydown', heard);
    });
    afterEach(() => {
      elsewhere.remove();
      document.removeEventListener('keydown', heard);
      heard.mockClear();
    });

    it('goes, and Escape is the page’s again', async () => {
      await mountWith(rules);
      await userEvent.hover(mounted.find('.source'));
      await mounted.when('.preview');
      await userEvent.hover(elsewhere);
      await vi.waitFor(() => expect(mounted.findAll('.preview')).toHaveLength(0));
      elsewhere.focus();
      await userEvent.keyboard('{Escape}');
      expect(heard).toHaveBeenCalledOnce();
    });

    it('does not come afterwards', async () => {
      await mountWith(rules);
      await userEvent.hover(mounted.find('.source'));
      await userEvent.hover(elsewhere);
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(mounted.findAll('.preview')).toHaveLength(0);
    });

    it('stays where the focus is', async () => {
      await mountWith(rules);
      await userEvent.hover(mounted.find('h2'));
      await focusSource(0);
      await userEvent.hover(elsewhere);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(mounted.findAll('.preview')).toHaveLength(1);
    });
  });

  it('goes with Escape while a pointer is there, wherever the focus is', async () => {
    await mountWith(rules);
    mounted.chat.renderRoot.querySelector<HTMLElement>('textarea')?.blur();
    await userEvent.hover(mounted.find('.source'));
    await mounted.when('.preview');
    await userEvent.keyboard('{Escape}');
    await mounted.settle();
    expect(mounted.findAll('.preview')).toHaveLength(0);
    expect(mounted.chat.open).toBe(true);
  });

  it('comes with the first tap of a finger when there is a passage; the second one opens the source', async () => {
    await mountWith(rules, shop);
    const tap = (index: number): boolean => {
      const click = new PointerEvent('click', {
        pointerType: 'touch',
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      // The page stays where it is.
      addEventListener('click', (event) => event.preventDefault(), { once: true });
      let wasOpened = false;
      mounted
        .find('.sources')
        .addEventListener('click', (event) => (wasOpened = !event.defaultPrevented), { once: true });
      mounted.findAll('.source')[index]?.dispatchEvent(click);
      return wasOpened;
    };
    expect(tap(1)).toBe(true);
    expect(tap(0)).toBe(false);
    await mounted.settle();
    expect(lines()).toEqual(['The rules', 'example.com/rules', quote]);
    expect(tap(0)).toBe(true);
  });

  it('stays within the panel, whole, above the source or below it', async () => {
    await page.viewport(390, 500);
    await mountWith({ ...rules, content: 'A long passage. '.repeat(80) }, shop);
    for (const index of [0, 1]) {
      await focusSource(index);
      const panel = mounted.find('.panel').getBoundingClientRect();
      const { top, bottom, left, right } = mounted.find('.preview').getBoundingClientRect();
      const source = mounted.findAll('.source')[index]?.getBoundingClientRect();
      expect([top >= panel.top, bottom <= panel.bottom, left >= panel.left, right <= panel.right]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(bottom <= (source?.top ?? 0) || top >= (source?.bottom ?? 0)).toBe(true);
    }
    expect(mounted.find('.preview').innerText.length).toBeLessThan(500);
  });

  it('stays at a source that the browser scrolls to, and goes when the reader scrolls it away', async () => {
    await mountWith(rules);
    const log = mounted.find('.log');
    mounted.find('.source').style.marginBlock = '2000px';
    mounted.find('.source').scrollIntoView({ block: 'center' });
    await mounted.settle();
    await focusSource(0);
    const gap = (): number =>
      mounted.find('.source').getBoundingClientRect().top - mounted.find('.preview').getBoundingClientRect().bottom;
    const before = gap();
    log.scrollTop += 40;
    await mounted.settle();
    expect(gap()).toBeCloseTo(before, 1);
    log.scrollTop += 1500;
    await mounted.settle();
    expect(mounted.findAll('.preview')).toHaveLength(0);
  });

  it('asks nothing of the other site', async () => {
    await mountWith(rules);
    await focusSource(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name).host);
    expect(new Set(hosts)).toEqual(new Set([location.host]));
  });

  it.each([
    ['markup', '<img src=x onerror=alert(1)> **bold**', '<img src=x onerror=alert(1)> **bold**'],
    ['characters that turn the direction', 'safe\u202egnp.exe', 'safegnp.exe'],
    ['something else than text', 3, undefined],
  ])('takes %s as what it is', async (_name, content, expected) => {
    await mountWith({ ...rules, content: content as string });
    await focusSource(0);
    expect(mounted.findAll('.preview img, .preview strong')).toEqual([]);
    expect(lines()[2]).toBe(expected);
  });
});

it.each([
  ['light', 'ltr'],
  ['dark', 'ltr'],
  ['light', 'rtl'],
] as const)('axe finds nothing in the preview: %s, %s', async (theme, dir) => {
  document.documentElement.dir = dir;
  await mountWith(rules, shop);
  mounted.chat.theme = theme;
  await focusSource(0);
  expect(mounted.findAll('.preview')).toHaveLength(1);
  expect(await axeViolations(mounted.chat)).toEqual([]);
});
