import type { TabLink } from './tab-link.js';
import { createThreadId, type Thread } from './thread.js';

/** A tab that runs gives its turn back sooner. */
const handOverMs = 2000;

/** Takes the turn to stream for a thread; when another tab has it, the thread goes on as another conversation. */
export async function takeTurn(thread: Thread, tabs: TabLink): Promise<void> {
  thread.release = await tabs.take(thread.id);
  // The tab whose answer has just been stopped here gives its turn back as soon as it has heard of that.
  if (!thread.release && performance.now() - thread.stoppedAt < handOverMs) {
    thread.release = await tabs.wait(thread.id, AbortSignal.timeout(handOverMs));
  }
  if (thread.release) return;
  thread.id = createThreadId();
  thread.release = await tabs.take(thread.id);
}
