import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { beginAfresh, exchange, leave, mount, storedKeys, texts } from '../../testing/mount-kept-chat.js';
import { agreementOf } from '../shared/agreement.js';
import { forgetVisitor } from './history-commands.js';

beforeEach(beginAfresh);
afterEach(leave);

it('forgets a visitor at the word of an app, and leaves the chat in its place', async () => {
  const given = { attachments: true, models: ['fast', 'deep'], model: 'fast', user: { id: 'u1', token: 't' } };
  const { chat, find, findAll, settle } = await mount({ open: true, context: { page: 'Pricing' }, ...given });
  await vi.waitUntil(() => findAll('.attach, .models').length === 2);
  await userEvent.selectOptions(find('.models'), 'deep');
  await userEvent.upload(find('.attach input'), new File(['Hello'], 'note.md'));
  await expect.poll(() => findAll('.chosen .attachment')).toHaveLength(1);
  chat.draft = 'My number is';
  await settle();
  forgetVisitor(chat);
  await settle();
  expect([chat.user, chat.context, chat.draft, chat.model]).toEqual([undefined, undefined, '', 'fast']);
  expect(findAll('.chosen')).toEqual([]);
  expect(findAll('.vh[aria-live]').map(({ textContent }) => textContent)).toEqual(['', '']);
  expect(chat.isConnected).toBe(true);
});

describe('a visitor who leaves before a page has looked at what is kept', () => {
  it.each(['session', 'local'] as const)('is forgotten where it is shown too, with persist=%s', async (persist) => {
    const shown = await mount({ persist, consent: 'Words' });
    await vi.waitUntil(() => shown.findAll('.consent').length);
    shown.find('.consent button').click();
    await exchange(shown, 'Why?', 'So.');
    sessionStorage.setItem('draft|nova-chat|||', 'Mine');
    // Of a page that lets the visitor choose a model, and files.
    sessionStorage.setItem('model|nova-chat|||', '\ndeep');
    sessionStorage.setItem('files|nova-chat|||', '[]');
    const unseen = Object.assign(document.createElement('nova-chat'), { persist, consent: 'Words' });
    forgetVisitor(unseen);
    expect(agreementOf(unseen).isGiven()).toBe(false);
    await vi.waitUntil(() => texts(shown).length === 0);
    await vi.waitUntil(() => storedKeys().length === 0);
    expect(shown.chat.send('And now?')).toBe(false);
    shown.find('.consent button').click();
    await exchange(shown, 'And now?', 'This.');
    expect(texts(shown)).toEqual(['And now?', 'This.']);
    const stored = [...Object.values(sessionStorage), ...Object.values(localStorage)].join();
    expect(stored).not.toContain('Why?');
  });
});
