import { afterEach, expect, it, vi } from 'vitest';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat;
afterEach(() => {
  mounted.unmount();
  vi.restoreAllMocks();
});

it('keeps its button, with the focus and what it says, while the code and all after it streams', async () => {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text);
  });
  mounted = await mountChat({ open: true });
  const { chat, transport, settle, find, focused } = mounted;
  chat.send('How?');
  transport.say('Like this:\n\n```js\nconst a = 1;\n');
  await settle();
  const button = find('.code-copy');
  button.focus();
  button.click();
  await vi.waitFor(() => expect(button.hasAttribute('data-copied')).toBe(true));
  for (const piece of ['const b', ' = 2;\n', '```', '\n\nAnd ', '**then**', ' so.\n\n```sh\nls\n```\n']) {
    transport.say(piece);
    await settle();
    expect(find('.code-copy')).toBe(button);
    expect(focused()).toBe(button);
    expect(button.hasAttribute('data-copied')).toBe(true);
  }
  transport.complete();
  await settle();
  expect(find('.code-copy')).toBe(button);
  expect(focused()).toBe(button);
  await vi.waitFor(() => expect(button.hasAttribute('data-copied')).toBe(false), { timeout: 4000 });
  button.click();
  await vi.waitFor(() => expect(copied).toEqual(['const a = 1;', 'const a = 1;\nconst b = 2;']));
});
