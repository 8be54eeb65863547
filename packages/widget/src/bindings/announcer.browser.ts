import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat;
let polite: HTMLElement;
let spoken: { text: string; at: number }[];
let observer: MutationObserver;

beforeEach(async () => {
  mounted = await mountChat({ open: true, heading: 'Nova' });
  polite = mounted.find('[aria-live=polite]');
  spoken = [];
  observer = new MutationObserver(() => spoken.push({ text: polite.textContent, at: performance.now() }));
  observer.observe(polite, { childList: true, characterData: true, subtree: true });
});
afterEach(() => {
  observer.disconnect();
  mounted.unmount();
});

const said = (): string[] => spoken.map(({ text }) => text.trim());
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('keeps the streamed text out of every live region', async () => {
  const { chat, transport, find, findAll, settle } = mounted;
  chat.send('Why?');
  transport.say('Because.');
  await settle();
  const regions = findAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert]');
  expect(regions).toHaveLength(2);
  expect(regions.some((region) => find('.log').contains(region))).toBe(false);
  expect(find('[role=log]').getAttribute('aria-live')).toBe('off');
});

it('reads an answer once, as plain text, by finished sentence, at most once a second', async () => {
  const { chat, transport } = mounted;
  chat.send('Why?');
  const answer =
    'It is **simple**. There are [two](https://example.com) ways:\n\n1. By phone.\n2. In the shop.\n\nThat is all there';
  for (const token of answer.match(/.{1,4}/gs) ?? []) {
    transport.say(token);
    await wait(60);
  }
  transport.say(' is');
  transport.complete();
  await expect.poll(() => said().join(' '), { timeout: 5000 }).toMatch(/all there is$/);
  expect(said().join(' ').replace(/\s+/g, ' ')).toBe(
    'It is simple. There are two ways: By phone. In the shop. That is all there is',
  );
  const gaps = spoken.slice(1).map(({ at }, index) => at - (spoken[index]?.at ?? 0));
  expect(spoken.length).toBeGreaterThan(1);
  expect(Math.min(...gaps)).toBeGreaterThan(950);
});

it('reads a long answer that came at once piece by piece, all of it, and what is to be said of it last', async () => {
  const { chat, transport } = mounted;
  chat.send('Why?');
  const sentences = Array.from({ length: 120 }, (_, index) => `This is sentence ${index} of them.`);
  const text = sentences.join(' ');
  transport.say(text);
  await expect.poll(() => chat.conversation.getState().live?.message.text).toBe(text);
  chat.stop();
  await expect.poll(() => said().at(-1), { timeout: 12_000 }).toMatch(/Stopped\.$/);
  const answer = said().filter((text) => text !== 'Nova is answering.');
  expect(answer.join(' ')).toBe(`${text} Stopped.`);
  expect(answer.length).toBeGreaterThan(1);
});

it('says that an answer is coming when it takes its time, and that it was stopped', async () => {
  const { chat } = mounted;
  chat.send('Why?');
  await expect.poll(said, { timeout: 3000 }).toEqual(['Nova is answering.']);
  chat.stop();
  await expect.poll(said, { timeout: 3000 }).toEqual(['Nova is answering.', 'Stopped.']);
});

it('says the same answer again when it comes again', async () => {
  const { chat, transport, settle } = mounted;
  for (let count = 0; count < 2; count += 1) {
    chat.send('Why?');
    // Once conversations are kept, a question waits until no other tab is asking.
    await vi.waitUntil(() => transport.inputs.length > count, 10_000);
    transport.say('Yes.');
    transport.complete();
    await settle();
    await wait(1200);
  }
  // A busy machine may take long enough to be told of between them.
  const answers = (): string[] => said().filter((text) => text !== 'Nova is answering.');
  await expect.poll(answers, { timeout: 5000 }).toEqual(['Yes.', 'Yes.']);
});

it('interrupts with an error, and says nothing of it politely', async () => {
  const { chat, transport, find, settle } = mounted;
  chat.send('Why?');
  transport.fail('server_error');
  await settle();
  expect(find('[aria-live=assertive]').textContent).toBe('The assistant cannot answer right now.');
  await wait(100);
  expect(said()).toEqual([]);
});

it('says that an answer was cut off behind what has come of it', async () => {
  const { chat, transport, find } = mounted;
  chat.send('Why?');
  transport.say('One thing. And ano');
  transport.fail('stream_interrupted');
  const answer = (): string =>
    said()
      .filter((text) => text !== 'Nova is answering.')
      .join(' ');
  await expect.poll(answer, { timeout: 5000 }).toBe('One thing. And ano The answer was interrupted.');
  expect(find('[aria-live=assertive]').textContent).toBe('');
});

it('moves the focus at no time by itself', async () => {
  const { chat, transport, find, settle } = mounted;
  const outside = document.createElement('button');
  document.body.append(outside);
  outside.focus();
  const moved: EventTarget[] = [];
  const note = ({ target }: FocusEvent): void => void (target && moved.push(target));
  document.addEventListener('focusin', note);
  chat.send('Why?');
  transport.say('So.');
  await settle();
  transport.fail('stream_interrupted');
  await settle();
  chat.send('Why?');
  transport.complete();
  await settle();
  chat.clear();
  await settle();
  document.removeEventListener('focusin', note);
  expect(moved).toEqual([]);
  expect(document.activeElement).toBe(outside);
  outside.remove();
  await userEvent.click(find('textarea'));
});
