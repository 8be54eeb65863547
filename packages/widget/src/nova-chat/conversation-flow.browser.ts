import type { UrlCitation } from '@nova-chat/client/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { NovaBeforeSendEvent, NovaResponseEndEvent } from '../events/nova-events.js';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import type { NovaChat } from './nova-chat.js';

let mounted: MountedChat;

async function mount(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  mounted = await mountChat({ open: true, ...properties });
  return mounted;
}

beforeEach(() => page.viewport(800, 600));
afterEach(() => mounted.unmount());

const input = page.getByRole('textbox', { name: 'Ask a question' });
const answerText = (): string | undefined => mounted.findAll('.assistant .markdown').at(-1)?.textContent?.trim();
const messageText = (): string[] => mounted.findAll('nova-message').map(({ innerText }) => innerText.trim());
const draft = (): string => mounted.find<HTMLTextAreaElement>('textarea').value;

async function ask(question = 'Why?'): Promise<void> {
  await userEvent.fill(input, question);
  await userEvent.keyboard('{Enter}');
  await mounted.settle();
}

describe('asking', () => {
  it('shows the question at once and empties the input', async () => {
    const { transport } = await mount();
    await ask('Why?');
    expect(messageText()).toEqual(['Why?', '']);
    expect(draft()).toBe('');
    expect(mounted.findAll('.thinking')).toHaveLength(1);
    expect(transport.inputs[0]?.messages).toEqual([{ role: 'user', content: 'Why?' }]);
  });

  it('breaks the line with Shift+Enter, and the input grows with it', async () => {
    const { find, transport, settle } = await mount();
    const height = find('textarea').clientHeight;
    await userEvent.click(input);
    await userEvent.keyboard('One{Shift>}{Enter}{/Shift}two');
    await settle();
    expect(draft()).toBe('One\ntwo');
    expect(find('textarea').clientHeight).toBe(height + 24);
    expect(transport.inputs).toEqual([]);
    await userEvent.fill(input, 'line\n'.repeat(40));
    await settle();
    expect(find('.grow').clientHeight).toBe(168);
  });

  it('has room for all lines of code that is indented with tabs', async () => {
    const { chat, find, settle } = await mount();
    chat.draft = `if (a)\n${'\tb'.repeat(20)}`;
    await settle();
    expect(find('.grow').clientHeight).toBe(find('.grow textarea').scrollHeight);
  });

  it('takes its direction from what is written, and from the chat while that is nothing', async () => {
    const { chat, find, settle } = await mount({ locale: 'ar' });
    const input = getComputedStyle(find('textarea'));
    expect([input.direction, input.unicodeBidi]).toEqual(['rtl', expect.not.stringContaining('plaintext')]);
    chat.draft = 'Why?';
    await settle();
    expect(input.unicodeBidi).toBe('plaintext');
  });

  it.each<[name: string, init: KeyboardEventInit]>([
    ['an Enter inside a composition', { isComposing: true }],
    ['the Enter that ends a composition in Safari', { keyCode: 229 }],
  ])('does not send at %s', async (_name, init) => {
    const { find, transport } = await mount();
    await userEvent.fill(input, 'にほん');
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
    find('textarea').dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(false);
    expect(transport.inputs).toEqual([]);
    expect(draft()).toBe('にほん');
  });

  it('does not send a blank', async () => {
    const { find, transport } = await mount();
    await userEvent.fill(input, '   ');
    find('.send').click();
    expect(transport.inputs).toEqual([]);
    expect(find('.send').getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the draft while an answer is under way', async () => {
    const { transport, settle } = await mount();
    await ask('One?');
    await ask('Two?');
    expect(draft()).toBe('Two?');
    transport.complete();
    await settle();
    await userEvent.keyboard('{Enter}');
    // The question waits for a feature that is on its way.
    await expect.poll(() => transport.inputs).toHaveLength(2);
    expect(draft()).toBe('');
  });

  it('lets a listener change the question, or keep it in the input', async () => {
    const { chat, transport } = await mount();
    const listener = (event: NovaBeforeSendEvent): void => {
      if (event.text === 'No') event.preventDefault();
      else event.text = `${event.text} (page 7)`;
    };
    chat.addEventListener('nova-before-send', listener);
    await ask('No');
    expect(draft()).toBe('No');
    expect(transport.inputs).toEqual([]);
    await ask('Why?');
    expect(transport.inputs[0]?.messages).toEqual([{ role: 'user', content: 'Why? (page 7)' }]);
  });

  it('lets a listener keep back what is asked again', async () => {
    const { chat, transport, findAll, settle } = await mount();
    expect(chat.retry()).toBe(false);
    await ask('Why?');
    transport.complete();
    // What asks again waits for the parts of the chat that come with the first answer.
    await vi.waitUntil(() => findAll('.history-button').length > 0);
    await settle();
    const before = chat.conversation.getState();
    const listener = vi.fn((event: NovaBeforeSendEvent) => event.preventDefault());
    chat.addEventListener('nova-before-send', listener);
    expect(chat.retry()).toBe(false);
    expect(listener.mock.calls.map(([{ text }]) => text)).toEqual(['Why?']);
    expect(chat.conversation.getState()).toBe(before);
    chat.removeEventListener('nova-before-send', listener);
    expect(chat.retry()).toBe(true);
    await settle();
    expect(transport.inputs).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('streams as Markdown and tells the page what happens', async () => {
    const { chat, transport, find, settle } = await mount();
    const events: string[] = [];
    for (const name of ['nova-send', 'nova-response-start', 'nova-response-end', 'nova-error'] as const) {
      document.addEventListener(name, ({ type }) => events.push(type), { once: true });
    }
    const ended = new Promise<NovaResponseEndEvent>((resolve) =>
      chat.addEventListener('nova-response-end', resolve, { once: true }),
    );
    await ask();
    transport.start();
    transport.say('Because **it');
    await settle();
    expect(find('[data-live]')).toBeTruthy();
    transport.say(' is**.');
    transport.complete();
    expect(await ended).toMatchObject({ outcome: 'complete', message: { text: 'Because **it is**.' } });
    await settle();
    expect(find('.assistant strong').textContent).toBe('it is');
    expect(mounted.findAll('[data-live], .notice, .thinking')).toEqual([]);
    expect(events).toEqual(['nova-send', 'nova-response-start', 'nova-response-end']);
  });

  it('renders at most once a frame, however many tokens arrive', async () => {
    const { transport, find, settle } = await mount();
    await ask();
    transport.say('a');
    await settle();
    let renders = 0;
    const observer = new MutationObserver(() => (renders += 1));
    observer.observe(find('.markdown'), { subtree: true, childList: true, characterData: true });
    let frames = 0;
    let isDone = false;
    requestAnimationFrame(function count() {
      frames += 1;
      if (!isDone) requestAnimationFrame(count);
    });
    for (let count = 0; count < 400; count += 1) {
      transport.say('b');
      if (count % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    await settle();
    isDone = true;
    observer.disconnect();
    expect(answerText()).toHaveLength(401);
    expect(renders).toBeLessThanOrEqual(frames);
  });

  it('touches no other message', async () => {
    const { transport, findAll, settle } = await mount();
    await ask('One?');
    transport.say('First.');
    transport.complete();
    await settle();
    const [question, answer] = findAll('nova-message');
    await ask('Two?');
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    for (const message of [question, answer]) observer.observe(message as Node, { subtree: true, childList: true });
    transport.say('Second');
    await settle();
    transport.complete();
    await settle();
    expect(changes).toBe(0);
    expect(findAll('nova-message').slice(0, 2)).toEqual([question, answer]);
  });

  it('lists its sources with the place they really are at', async () => {
    const { transport, findAll, settle } = await mount();
    const cite = (url: string, title: string): void => {
      const citation: UrlCitation = { url, title, start_index: 0, end_index: 1 };
      transport.write({ type: 'citation', citation, choice: 0 });
    };
    await ask();
    transport.say('So.');
    cite('https://paypal.com@evil.example/a', 'paypal.com');
    cite('/docs/b', 'Guide');
    cite('javascript:alert(1)', 'Click');
    cite('https://evil.example/%3Cimg%20src%3Dx%3E', '<img src=x onerror=alert(1)>');
    transport.complete();
    await settle();
    const links = findAll('.sources a') as HTMLAnchorElement[];
    expect(links.map(({ host }) => host)).toEqual(['evil.example', location.host, 'evil.example']);
    expect(links.map((link) => link.querySelector('.host')?.textContent)).toEqual([
      'evil.example/a',
      `${location.host}/docs/b`,
      'evil.example/%3Cimg%20src%3Dx%3E',
    ]);
    expect(links.every(({ rel, target }) => rel === 'noopener noreferrer nofollow ugc' && target === '_blank')).toBe(
      true,
    );
    expect(findAll('.sources li')).toHaveLength(4);
    expect(findAll('.sources img')).toEqual([]);
  });

  it('says in one quiet line that another provider took over', async () => {
    const { transport, find, settle } = await mount();
    await ask();
    transport.say('So');
    transport.write({ type: 'provider-switch', switch: { from: 'openai', to: 'site', reason: 'idle_timeout' } });
    transport.complete();
    await settle();
    expect(find('[part=switched]').textContent).toBe('Another service took over this answer.');
  });
});

describe('stopping', () => {
  it('works before the first byte', async () => {
    const { transport, find, focused } = await mount();
    await ask();
    await userEvent.click(page.getByRole('button', { name: 'Stop the answer' }));
    await mounted.settle();
    expect(transport.stops).toBe(1);
    expect(find('.notice').innerText).toContain('Stopped.');
    expect(find('.send').getAttribute('aria-label')).toBe('Send');
    expect(focused()).toBe(find('.send'));
  });

  it('keeps what has arrived, and asks again on demand', async () => {
    const { chat, transport, findAll, find, focused, settle } = await mount();
    await ask();
    transport.say('Because of');
    await settle();
    chat.stop();
    transport.say(' late words');
    await settle();
    expect(answerText()).toBe('Because of');
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(focused()).toBe(find('.send'));
    transport.say('Better.');
    transport.complete();
    await settle();
    expect(answerText()).toBe('Better.');
    expect(findAll('nova-message')).toHaveLength(2);
    expect(findAll('.notice')).toEqual([]);
  });

  it('leaves no mark of a list item that never came', async () => {
    const { chat, transport, findAll, settle } = await mount();
    await ask();
    transport.say('1. One\n2.');
    await settle();
    chat.stop();
    await settle();
    expect(answerText()).toBe('One');
    expect(findAll('.markdown li')).toHaveLength(1);
  });
});

it('forgets the conversation', async () => {
  const { chat, transport, findAll, settle } = await mount({ starters: ['Why?'] });
  await ask();
  transport.say('So');
  await settle();
  chat.clear();
  transport.say(' late');
  await settle();
  expect(findAll('nova-message')).toEqual([]);
  expect(findAll('.starter')).toHaveLength(1);
});
