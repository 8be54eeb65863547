import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { MountedChat } from '../../testing/mount-chat.js';
import { exchange, leave, mount } from '../../testing/mount-kept-chat.js';

const before = Object.assign(document.createElement('button'), { textContent: 'Before' });
const after = Object.assign(document.createElement('button'), { textContent: 'After' });
let mounted: MountedChat;

beforeEach(async () => {
  await page.viewport(800, 700);
  document.body.append(before);
  mounted = await mount({
    mode: 'fullscreen',
    models: ['quick', 'thorough'],
    attachments: true,
    starters: ['When do you open?'],
  });
  document.body.append(after);
  await expect.poll(() => mounted.findAll('.models, .attach')).toHaveLength(2);
});
afterEach(() => {
  leave();
  document.body.replaceChildren();
});

function slot(name: string, markup: string): void {
  mounted.chat.insertAdjacentHTML('beforeend', `<div slot="${name}">${markup}</div>`);
}

/** What has the focus, wherever it stands; a control of the page too. */
function focused(): string {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const label = active?.getAttribute('aria-label') ?? active?.getAttribute('title');
  return label ?? active?.textContent?.trim().replace(/\s+/g, ' ') ?? '';
}

/** Presses Tab until the first control comes round again. */
async function walk(shift = false): Promise<string[]> {
  const seen = [focused()];
  while (seen.length < 40) {
    await userEvent.tab({ shift });
    if (focused() === seen[0]) return seen;
    seen.push(focused());
  }
  return seen;
}

const inOrder = [
  'Model',
  'Sign out',
  'Close chat',
  'Conversation',
  'When do you open?',
  'Add images or text files',
  'Ask a question',
  'Send',
  'Privacy',
];

it('leads Tab to each control of a panel that covers the window, the page’s own too, and round', async () => {
  slot('header-actions', '<button>Sign out</button>');
  slot('footer', '<a href="#privacy">Privacy</a> <a>No link</a> <button disabled>Not now</button>');
  mounted.find('.models').focus();
  expect(await walk()).toEqual(inOrder);
  expect(await walk(true)).toEqual([inOrder[0], ...inOrder.slice(1).reverse()]);
});

it('finds the last control in an element of the page that hides its inside', async () => {
  slot('footer', '<span></span>');
  const inside = mounted.chat.querySelector('span')?.attachShadow({ mode: 'open' });
  inside?.append(Object.assign(document.createElement('button'), { textContent: 'Imprint' }));
  mounted.find('.models').focus();
  const seen = await walk();
  expect(seen.at(-1)).toBe('Imprint');
  expect(seen).not.toContain('After');
  expect((await walk(true))[1]).toBe('Imprint');
});

it('stays in the list of conversations while that is open, and reaches all of it', async () => {
  slot('footer', '<a href="#privacy">Privacy</a>');
  await exchange(mounted, 'Why?', 'So.');
  await userEvent.click(mounted.find('.history-button'));
  await expect.poll(focused).toContain('Why?');
  const title = focused();
  const list = ['Conversations', 'Search', 'New conversation', title, 'Options for “Why?”', 'Save all', 'Delete all'];
  mounted.find('.close-list').focus();
  expect(await walk()).toEqual(list);
  expect(await walk(true)).toEqual([list[0], ...list.slice(1).reverse()]);
});
