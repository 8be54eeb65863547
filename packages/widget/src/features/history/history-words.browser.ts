import { afterEach, expect, it } from 'vitest';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import { countWords } from './history-words.js';

let mounted: MountedChat | undefined;
afterEach(() => mounted?.unmount());

it('counts in the plural forms of the language', async () => {
  mounted = await mountChat({ open: true, locale: 'pl' });
  const { chat } = mounted;
  expect([1, 3, 5].map((count) => countWords(chat, 'newAnswers', count))).toEqual([
    '1 nowa odpowiedź',
    '3 nowe odpowiedzi',
    '5 nowych odpowiedzi',
  ]);
});
