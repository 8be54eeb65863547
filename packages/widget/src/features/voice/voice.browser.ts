import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat;
let heard: Ear[] = [];

/** Stands for the browser's own, which needs a microphone and its maker's service. */
class Ear extends EventTarget {
  lang = '';
  isOpen = false;
  start(): void {
    heard.push(this);
    this.isOpen = true;
  }
  stop(): void {
    this.isOpen = false;
    this.dispatchEvent(new Event('end'));
  }
  abort(): void {
    this.stop();
  }
  hear(...transcripts: string[]): void {
    const results = transcripts.map((transcript) => [{ transcript }]);
    this.dispatchEvent(Object.assign(new Event('result'), { results }));
  }
}

beforeEach(() => {
  heard = [];
  vi.stubGlobal('SpeechRecognition', undefined);
  vi.stubGlobal('webkitSpeechRecognition', Ear);
});
afterEach(() => {
  mounted.unmount();
  vi.unstubAllGlobals();
});

async function mount(): Promise<MountedChat> {
  mounted = await mountChat({ open: true, voice: true, locale: 'en-GB' });
  await vi.waitUntil(() => mounted.findAll('.speak').length, 10_000);
  return mounted;
}

it('writes what is said behind what stands in the input, in the language of the chat', async () => {
  const { chat, find, settle } = await mount();
  chat.draft = 'Please:';
  await settle();
  await userEvent.click(find('.speak'));
  await settle();
  expect(find('.speak').getAttribute('aria-pressed')).toBe('true');
  heard[0]?.hear('where is');
  heard[0]?.hear('where is ', 'my order');
  await settle();
  expect(find<HTMLTextAreaElement>('textarea').value).toBe('Please: where is my order');
  expect(heard[0]?.lang).toBe('en-GB');
  await userEvent.click(find('.speak'));
  await settle();
  expect(heard[0]?.isOpen).toBe(false);
  expect(find('.speak').getAttribute('aria-pressed')).toBe('false');
});

it('leaves what was corrected by hand, and goes on behind it', async () => {
  const { find, settle } = await mount();
  const input = find<HTMLTextAreaElement>('textarea');
  await userEvent.click(find('.speak'));
  heard[0]?.hear('wear is');
  await settle();
  await userEvent.fill(input, 'Where is');
  heard[0]?.hear('wear is my');
  await settle();
  expect(input.value).toBe('Where is my');
  heard[0]?.hear('wear is my', ' order');
  await settle();
  expect(input.value).toBe('Where is my order');
  await userEvent.fill(input, 'Where is order 7');
  // What it had heard becomes something else.
  heard[0]?.hear('where is mine', ' older', ' please');
  await settle();
  expect(input.value).toBe('Where is order 7 please');
});

it('stops listening when the question is sent, and when the chat leaves the page', async () => {
  const { chat, find, settle } = await mount();
  await userEvent.click(find('.speak'));
  chat.send('Why?');
  await settle();
  expect(heard[0]?.isOpen).toBe(false);
  await userEvent.click(find('.speak'));
  chat.remove();
  expect(heard[1]?.isOpen).toBe(false);
});

it('tells and shows that the microphone cannot be used, until it is tried again', async () => {
  const { find, findAll, settle } = await mount();
  await userEvent.click(find('.speak'));
  heard[0]?.dispatchEvent(Object.assign(new Event('error'), { error: 'not-allowed' }));
  heard[0]?.stop();
  await settle();
  expect(findAll('.unheard').map(({ textContent }) => textContent)).toEqual(['The microphone cannot be used.']);
  await expect.poll(() => find('.vh[aria-live=polite]').textContent).toBe('The microphone cannot be used.');
  await userEvent.click(find('.speak'));
  await settle();
  expect(findAll('.unheard')).toEqual([]);
});

it('shows no button where the browser cannot listen', async () => {
  vi.stubGlobal('webkitSpeechRecognition', undefined);
  mounted = await mountChat({ open: true, voice: true });
  await mounted.settle();
  expect(mounted.findAll('.speak')).toHaveLength(0);
});
