import { createConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HandWrittenTransport } from '../../testing/hand-written-transport.js';
import { createAnswerAutosave } from './create-answer-autosave.js';
import { createThread } from './thread.js';

const post = vi.fn();
const write = vi.fn(() => true);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

function keepAnswer() {
  const conversation = createConversation({ transport: new HandWrittenTransport() });
  const thread = createThread(conversation);
  conversation.send('Why?');
  thread.role = 'leader';
  return createAnswerAutosave(thread, {
    archive: { write } as never,
    tabs: { post } as never,
    isLeaving: () => false,
  });
}

it('tells the other tabs of a steady answer four times a second, and stores it once', () => {
  const autosave = keepAnswer();
  for (let elapsedMs = 0; elapsedMs < 10_000; elapsedMs += 50) {
    autosave.saveSoon(100);
    vi.advanceTimersByTime(50);
  }
  expect(post.mock.calls.length).toBeGreaterThan(30);
  expect(write.mock.calls.length).toBeLessThan(12);
  expect(write.mock.calls.length).toBeGreaterThan(7);
});

it('stores what comes last before a silence too', () => {
  const autosave = keepAnswer();
  autosave.saveNow();
  autosave.saveSoon(100);
  vi.advanceTimersByTime(2000);
  expect(write).toHaveBeenCalledTimes(2);
});
