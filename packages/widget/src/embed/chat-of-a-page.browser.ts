import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { begin, chat, core, embed, end, focused, host, panel, script } from '../testing/gated-embed.js';

const launcher = page.getByRole('button', { name: 'Chat', exact: true });

beforeEach(begin);
afterEach(end);

describe('a page that keeps the panel as it is', () => {
  const veto = (event: Event): void => event.preventDefault();

  it('is asked by a chat that was opened before it was there', async () => {
    const own = embed();
    own.chat.addEventListener('nova-before-show', veto);
    await userEvent.click(launcher);
    core.arrive();
    await vi.waitUntil(() => host() === null);
    expect(chat().open).toBe(false);
    expect(panel() ?? null).toBeNull();
    await vi.waitUntil(() => focused()?.classList.contains('launcher'));
  });

  it('is asked by a chat that is there', async () => {
    const own = embed();
    void own.open();
    core.arrive();
    await own.ready;
    await vi.waitUntil(() => panel());
    own.chat.addEventListener('nova-before-hide', veto);
    own.close();
    expect(chat().open).toBe(true);
    own.chat.removeEventListener('nova-before-hide', veto);
    own.close();
    expect(chat().open).toBe(false);
    own.chat.addEventListener('nova-before-show', veto);
    await own.open();
    expect(chat().open).toBe(false);
  });

  it('can close a chat that is still to come', async () => {
    const own = embed({ attributes: new Map([['open', '']]) });
    own.close();
    core.arrive();
    await own.ready;
    expect(panel() ?? null).toBeNull();
  });
});

describe('an inline chat', () => {
  it('that does not come is asked for again when there is a network', async () => {
    embed({ isInline: true, attributes: new Map([['mode', 'inline']]), load: 'visible' });
    await vi.waitUntil(() => core.attempts.length === 1);
    core.fail();
    await new Promise((resolve) => setTimeout(resolve));
    dispatchEvent(new Event('online'));
    await vi.waitUntil(() => core.attempts.length === 2);
    core.arrive();
    await vi.waitUntil(() => panel());
    dispatchEvent(new Event('online'));
    expect(core.attempts).toHaveLength(2);
  });

  it('has its room in front of the script before it is loaded, and moves nothing', async () => {
    const below = document.createElement('p');
    document.body.append(below);
    const { ready } = embed({ isInline: true, attributes: new Map([['mode', 'inline']]), load: 'visible' });
    expect(chat().nextElementSibling).toBe(script);
    const { top } = below.getBoundingClientRect();
    expect(top).toBeGreaterThan(590);
    await vi.waitUntil(() => core.attempts.length === 1);
    core.arrive();
    await ready;
    expect(panel()).toBeTruthy();
    expect(below.getBoundingClientRect().top).toBe(top);
    expect(chat().getAttribute('style') ?? '').toBe('');
    expect(scrollY).toBe(0);
  });

  it('goes into its target', () => {
    const target = document.createElement('section');
    target.id = 'help';
    document.body.append(target);
    embed({ isInline: true, attributes: new Map([['mode', 'inline']]), target: '#help' });
    expect(chat().parentElement).toBe(target);
  });
});

it('uses the <nova-chat> of the page as it is', async () => {
  const own = document.createElement('nova-chat');
  own.setAttribute('heading', 'Ours');
  document.body.append(own);
  const { ready } = embed({ attributes: new Map([['heading', 'Theirs']]) });
  core.arrive();
  expect(await ready).toBe(own);
  expect(own.getAttribute('heading')).toBe('Ours');
  expect(document.querySelectorAll('nova-launcher, nova-chat')).toHaveLength(1);
});
