import { createMessage } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat;

async function mount(): Promise<MountedChat> {
  mounted = await mountChat({ open: true });
  return mounted;
}

beforeEach(() => page.viewport(800, 600));
afterEach(() => mounted.unmount());

const input = page.getByRole('textbox', { name: 'Ask a question' });
const answerText = (): string | undefined => mounted.findAll('.assistant .markdown').at(-1)?.textContent?.trim();
const draft = (): string => mounted.find<HTMLTextAreaElement>('textarea').value;

async function ask(question = 'Why?'): Promise<void> {
  await userEvent.fill(input, question);
  await userEvent.keyboard('{Enter}');
  await mounted.settle();
}

describe('what goes wrong', () => {
  it.each<[code: string, text: string | undefined, words: string, canRetry: boolean]>([
    ['connection_error', undefined, 'Not sent. The assistant could not be reached.', true],
    ['offline', undefined, 'Not sent. You seem to be offline. Your question is sent once you are back.', true],
    ['server_error', undefined, 'Not sent. The assistant cannot answer right now.', true],
    ['authentication_error', undefined, 'Not sent. This chat is not set up correctly yet.', false],
    ['content_filter', undefined, 'The answer was withheld by a safety filter.', false],
    ['stream_interrupted', 'Because', 'The answer was interrupted.', true],
    ['something_new', 'Because', 'The answer was interrupted.', true],
    ['something_new', undefined, 'Not sent. The assistant cannot answer right now.', true],
  ])('%s after %j is told in kind words', async (code, text, words, canRetry) => {
    const { transport, find, findAll, settle } = await mount();
    await ask();
    if (text) transport.say(text);
    transport.fail(code, { retryable: canRetry });
    await settle();
    expect(find('.notice bdi').textContent).toBe(words);
    expect(findAll('.retry')).toHaveLength(canRetry ? 1 : 0);
    expect(answerText()).toBe(text);
    expect(mounted.find('.panel').innerText).not.toContain('Internal words');
    expect(find('textarea').getAttribute('aria-describedby')).toBe(find('.notice bdi').id);
  });

  it('marks an answer that ended without an end', async () => {
    const { transport, find, settle } = await mount();
    await ask();
    transport.say('Becau');
    transport.write({ type: 'end', outcome: 'truncated' });
    await settle();
    expect(find('.notice bdi').textContent).toBe('The answer was interrupted.');
    expect(answerText()).toBe('Becau');
  });

  it('gives a refused question back to the input, and says it once when it is sent again', async () => {
    const { transport, findAll, settle } = await mount();
    await ask('Why?');
    transport.fail('overloaded');
    await settle();
    expect(draft()).toBe('Why?');
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    transport.say('So.');
    transport.complete();
    await settle();
    expect(draft()).toBe('');
    expect(findAll('.user')).toHaveLength(1);
    expect(transport.inputs.at(-1)?.messages).toEqual([{ role: 'user', content: 'Why?' }]);
  });

  it('does not overwrite what is being typed with a refused question', async () => {
    const { transport, settle } = await mount();
    await ask('One?');
    await userEvent.fill(input, 'Two');
    transport.fail('overloaded');
    await settle();
    expect(draft()).toBe('Two');
  });

  it('offers a retry for the last exchange only', async () => {
    const { transport, findAll, settle } = await mount();
    await ask('One?');
    transport.say('Fir');
    transport.fail('stream_interrupted');
    await settle();
    await ask('Two?');
    transport.say('Second.');
    transport.complete();
    await settle();
    expect(findAll('.notice')).toHaveLength(1);
    expect(findAll('.retry')).toEqual([]);
  });
});

it('has a finger hit what asks again, also in a conversation of before a reload', async () => {
  await page.viewport(390, 700);
  const { chat, find, settle } = await mount();
  chat.conversation.load([
    createMessage({ id: '1', role: 'user', createdAt: 1, status: 'complete', text: 'Why?' }),
    createMessage({ id: '2', role: 'assistant', createdAt: 2, status: 'truncated', text: 'Fir' }),
  ]);
  await settle();
  expect(find('.retry').getBoundingClientRect().height).toBe(44);
});

it('asks a question that found the browser offline again by itself, once, when it is back', async () => {
  const { chat, transport, settle, find, findAll } = await mount();
  chat.send('Why?');
  transport.fail('offline');
  await settle();
  expect(find<HTMLTextAreaElement>('textarea').value).toBe('Why?');
  expect(find('[aria-live=assertive]').textContent).toContain('offline');
  dispatchEvent(new Event('online'));
  await settle();
  expect(transport.inputs).toHaveLength(2);
  // Whoever reads on through the page finds no failure that is over.
  expect(find('[aria-live=assertive]').textContent).toBe('');
  expect(find<HTMLTextAreaElement>('textarea').value).toBe('');
  transport.say('So.');
  transport.complete();
  await settle();
  dispatchEvent(new Event('online'));
  await settle();
  expect(transport.inputs).toHaveLength(2);
  expect(findAll('.notice')).toHaveLength(0);
});
