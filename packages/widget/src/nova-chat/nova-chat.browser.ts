import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountChat } from '../testing/mount-chat.js';

beforeEach(() => page.viewport(800, 600));
afterEach(() => {
  document.adoptedStyleSheets = [];
  document.body.replaceChildren();
});

const launcher = page.getByRole('button', { name: 'Chat', exact: true });
const input = page.getByRole('textbox', { name: 'Ask a question' });
const panel = page.getByRole('dialog', { name: 'Chat' });

describe('the bubble', () => {
  it('costs its launcher while it has not been opened', async () => {
    const { findAll } = await mountChat();
    expect(findAll('.root > *').map(({ className }) => className)).toEqual(['launcher']);
  });

  it('opens with the cursor in the input, and closes with Escape back to the launcher', async () => {
    const { find, focused } = await mountChat();
    await userEvent.click(launcher);
    await expect.element(panel).toBeVisible();
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
    expect(focused()).toBe(find('.launcher'));
    expect(find('.launcher').getAttribute('aria-expanded')).toBe('false');
  });

  it('closes with its close button back to the launcher', async () => {
    const { find, focused } = await mountChat();
    await userEvent.click(launcher);
    await userEvent.click(page.getByRole('button', { name: 'Close chat' }));
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('opens by keyboard', async () => {
    const { find, focused } = await mountChat();
    find('.launcher').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe(find('textarea'));
  });

  it('is no trap while the page stands beside it', async () => {
    const after = document.createElement('button');
    const { find } = await mountChat();
    document.body.append(after);
    await userEvent.click(launcher);
    await expect.poll(() => document.activeElement?.localName).toBe('nova-chat');
    find('.launcher').focus();
    await userEvent.tab();
    expect(document.activeElement).toBe(after);
    expect(find('.panel').hasAttribute('aria-modal')).toBe(false);
  });

  it('leaves the page around it clickable', async () => {
    await mountChat();
    expect(document.elementFromPoint(400, 300)?.localName).not.toBe('nova-chat');
  });

  it('keeps the conversation and the draft when closed and opened', async () => {
    const { chat, find, settle } = await mountChat();
    chat.show();
    await settle();
    await userEvent.fill(input, 'A draft');
    chat.toggle();
    await settle();
    chat.toggle();
    await settle();
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('A draft');
  });

  it('says when it is ready, shown and hidden, once each', async () => {
    const events: string[] = [];
    const names = ['nova-ready', 'nova-show', 'nova-hide'] as const;
    const note = ({ type }: Event): void => void events.push(type);
    for (const name of names) document.addEventListener(name, note);
    const { chat, settle } = await mountChat();
    chat.show();
    chat.show();
    await settle();
    chat.hide();
    await settle();
    for (const name of names) document.removeEventListener(name, note);
    expect(events).toEqual(['nova-ready', 'nova-show', 'nova-hide']);
  });

  it('asks the page before it is open from the beginning, too', async () => {
    const veto = (event: Event): void => event.preventDefault();
    document.addEventListener('nova-before-show', veto);
    const { chat, findAll } = await mountChat({ open: true });
    document.removeEventListener('nova-before-show', veto);
    expect(chat.open).toBe(false);
    expect(findAll('.panel')).toEqual([]);
    chat.show();
    expect(chat.open).toBe(true);
  });

  it('opens by its attribute', async () => {
    document.body.insertAdjacentElement(
      'beforeend',
      Object.assign(document.createElement('nova-chat'), { open: true }),
    );
    await expect.element(panel).toBeVisible();
  });
});

describe('the focus, when the panel is closed', () => {
  const addButton = (words: string, onClick: () => void, slot = ''): HTMLButtonElement => {
    const button = Object.assign(document.createElement('button'), { textContent: words, slot });
    button.addEventListener('click', onClick);
    return button;
  };

  it('goes to the launcher from a control that the page has put into the panel', async () => {
    const { chat, find, focused } = await mountChat();
    const close = addButton('Leave', () => chat.hide(), 'header-actions');
    chat.append(close);
    await userEvent.click(launcher);
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.click(close);
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('goes back to the button of the page that has opened it, where there is no launcher', async () => {
    const { chat, find, focused } = await mountChat();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('nova-chat::part(launcher) { display: none }');
    document.adoptedStyleSheets.push(sheet);
    const ask = addButton('Ask us', () => chat.show());
    document.body.append(ask);
    await userEvent.click(ask);
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(ask);
  });

  it('stays where it is outside of the chat', async () => {
    const { chat, settle } = await mountChat({ open: true });
    const other = addButton('Elsewhere', () => {});
    document.body.append(other);
    other.focus();
    chat.hide();
    await settle();
    expect(document.activeElement).toBe(other);
  });
});

describe('on a phone', () => {
  beforeEach(() => page.viewport(390, 700));

  it('fills the screen as a modal, and keeps Tab inside', async () => {
    const { find, focused } = await mountChat({ starters: ['Why?'] });
    await userEvent.click(launcher);
    await expect.poll(focused).toBe(find('textarea'));
    expect(find('.panel').getAttribute('aria-modal')).toBe('true');
    const { width, height, left, top } = find('.panel').getBoundingClientRect();
    expect([width, height, left, top]).toEqual([390, 700, 0, 0]);
    expect(find('.launcher').checkVisibility()).toBe(false);
    const seen: (string | undefined)[] = [];
    for (let count = 0; count < 5; count += 1) {
      await userEvent.tab();
      seen.push(focused()?.className.split(' ').at(-1));
    }
    expect(seen).toEqual(['send', 'round', 'log', 'starter', '']);
    find('header .round').focus();
    await userEvent.tab({ shift: true });
    expect(focused()).toBe(find('.send'));
    await userEvent.keyboard('{Escape}');
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('does not make the browser zoom into the input', async () => {
    const { find } = await mountChat({ open: true });
    expect(getComputedStyle(find('textarea')).fontSize).toBe('16px');
  });

  it('reflows at 320 × 256 without scrolling sideways', async () => {
    await page.viewport(320, 256);
    const { find } = await mountChat({
      open: true,
      starters: ['A rather long question that needs several lines to be read'],
    });
    expect(find('.log').scrollWidth).toBeLessThanOrEqual(find('.log').clientWidth);
    expect(find('.composer').getBoundingClientRect().bottom).toBeLessThanOrEqual(256);
  });

  it.each(['.launcher', 'header .round', '.send'])('gives %s a target of 44 px', async (selector) => {
    const { chat, find, settle } = await mountChat({ open: selector !== '.launcher' });
    await settle();
    const { width, height } = find(selector).getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    chat.hide();
  });
});

describe('the inline panel', () => {
  it('stands in its place, without launcher or close button', async () => {
    const { find, findAll } = await mountChat({ mode: 'inline', heading: 'Help' });
    await expect.element(page.getByRole('region', { name: 'Help' })).toBeVisible();
    expect(findAll('.launcher, [part=close]')).toEqual([]);
    expect(find('.panel').getBoundingClientRect().height).toBe(600);
  });

  it('does not scroll the page to itself and does not take the focus', async () => {
    const spacer = document.createElement('div');
    spacer.style.height = '3000px';
    document.body.append(spacer);
    await mountChat({ mode: 'inline', open: true });
    expect(scrollY).toBe(0);
    expect(document.activeElement).toBe(document.body);
  });
});

describe('slots', () => {
  it.each(['greeting', 'header-actions', 'footer'])('shows what the page puts into %s', async (slot) => {
    const { chat, settle } = await mountChat({ open: true });
    const content = Object.assign(document.createElement('p'), { slot, textContent: 'Words of the page' });
    chat.append(content);
    await settle();
    expect(content.checkVisibility()).toBe(true);
    expect(content.getBoundingClientRect().height).toBeGreaterThan(0);
    expect(getComputedStyle(content).fontFamily).toContain('system-ui');
  });
});
