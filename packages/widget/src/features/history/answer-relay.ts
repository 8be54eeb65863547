import {
  type ChatRun,
  type ChatTransport,
  type ConversationArchive,
  type ConversationEvent,
  type ConversationMessage,
  createMessage,
  type StoredAnswer,
  shownPath,
  toCatchUpEvents,
} from '@nova-chat/client/conversation';
import type { Outcome } from '@nova-chat/client/protocol';
import { askedBy } from '../shared/asked-by.js';
import { toStoppedStep } from '../shared/to-stopped-step.js';
import { createAsyncQueue } from './async-queue.js';
import type { EndEvent, ReleaseLock, TabChannel, TabMessage } from './tab-channel.js';
import type { Thread, ThreadInput } from './thread.js';
import type { ThreadStore } from './thread-store.js';
import { toEndEvent } from './to-end.js';

/** Gets answers for threads, and resumes answers. */
export interface ThreadClient {
  send(input: ThreadInput, thread?: Thread): ChatRun;
  /** Resumes behind the place of an answer; undefined when that is not possible. */
  resume(answer: StoredAnswer, thread: Thread): ChatRun | undefined;
}

export interface AnswerRelayOptions {
  archive: ConversationArchive;
  tabs: TabChannel;
  threads: ThreadStore;
  client: ThreadClient;
  /** Waits until the server may be asked for the rest of an answer; false when `signal` ends the wait. */
  whenAllowed(signal: AbortSignal): Promise<boolean>;
}

/** A visitor who comes back later may have something else in mind: the question is not asked again. */
const maxResendAgeMs = 120_000;

const aborted: EndEvent = { type: 'end', outcome: 'aborted' };

/**
 * Carries the requests of threads: a new question goes to the client, once this tab has the lock; an earlier answer is
 * shown as far as it had come, followed while another tab streams it, and continued when none does.
 */
export function createAnswerRelay(options: AnswerRelayOptions): ChatTransport {
  return {
    send(input: ThreadInput) {
      const thread = input[askedBy] ?? options.threads.adopted;
      const pending = thread?.pending;
      // A conversation that the page has made for itself.
      if (!thread) return options.client.send(input);
      thread.pending = undefined;
      thread.followed = pending?.message.id;
      return createRun((run) =>
        pending ? continueAnswer(options, { thread, input, pending, run }) : ask(options, { thread, input, run }),
      );
    },
  };
}

/** What a run that is made of others needs to be stopped. */
interface Steering {
  readonly signal: AbortSignal;
  /** Hands on the stop from now on. */
  enter(inner: ChatRun): ChatRun;
}

function createRun(run: (steering: Steering) => AsyncIterator<ConversationEvent>): ChatRun {
  const stopping = new AbortController();
  let current: ChatRun | undefined;
  const enter = (inner: ChatRun): ChatRun => {
    current = inner;
    return inner;
  };
  return {
    [Symbol.asyncIterator]: () => run({ signal: stopping.signal, enter }),
    stop() {
      stopping.abort();
      return current?.stop();
    },
  };
}

async function* ask(
  { threads, client }: AnswerRelayOptions,
  { thread, input, run }: { thread: Thread; input: ThreadInput; run: Steering },
): AsyncGenerator<ConversationEvent> {
  const locking = threads.acquireLock(thread);
  // Where no other tab can hold it, the request leaves at once.
  if (locking) await locking;
  if (run.signal.aborted) yield aborted;
  else yield* run.enter(client.send(input, thread));
}

async function* continueAnswer(
  { archive, tabs, client, whenAllowed }: AnswerRelayOptions,
  { thread, input, pending, run }: { thread: Thread; input: ThreadInput; pending: StoredAnswer; run: Steering },
): AsyncGenerator<ConversationEvent> {
  const { id, createdAt } = pending.message;
  let answer: StoredAnswer = { message: createMessage({ id, role: 'assistant', createdAt }), place: undefined };
  const reach = (next: StoredAnswer): ConversationEvent[] => {
    // What was stored, or told, before something that this tab knows: its place is an earlier one too.
    if (toProgress(next.message) < toProgress(answer.message)) return [];
    const events = toCatchUpEvents(answer.message, next.message);
    answer = next;
    return events;
  };
  yield* reach(pending);

  const waiting = waitForStreamLock({ tabs, thread, signal: run.signal });
  try {
    for (;;) {
      const news = await waiting.next();
      if (news === 'stop') {
        tabs.post({ type: 'stop', id: thread.id });
        yield aborted;
        return;
      }
      if (news === 'lock') break;
      if (news.type !== 'live' && news.type !== 'end') continue;
      yield* reach(news.answer);
      if (news.type === 'live') continue;
      yield news.end;
      return;
    }
  } finally {
    waiting.leave();
  }

  thread.role = 'leader';
  const stored = archive.read(thread.id);
  const ended = stored && !stored.live ? shownPath(stored.tree).at(-1) : undefined;
  if (ended?.id === id) {
    // It ended between its last message to this tab and the lock.
    yield* reach({ message: ended, place: undefined });
    yield toEndEvent(ended.status as Outcome, ended);
    return;
  }
  if (stored?.live) yield* reach(stored.live);
  for (const step of answer.message.toolSteps) {
    const stopped = toStoppedStep(step);
    if (stopped !== step) yield { type: 'tool-step', step: stopped };
  }
  if (!(await whenAllowed(run.signal))) {
    yield aborted;
    return;
  }
  const rest = client.resume(answer, thread);
  if (!rest && isAwaited(answer)) {
    yield* run.enter(client.send(input, thread));
    return;
  }
  for await (const event of rest ? run.enter(rest) : []) {
    // The page has not set its tools yet: the call would not run, and the answer would end without it.
    if (event.type === 'tool-call-delta' && !input.tools) break;
    yield event.type === 'end' ? toInterrupted(event) : event;
    if (event.type === 'end') return;
  }
  yield { type: 'end', outcome: 'truncated' };
}

type News = TabMessage | 'lock' | 'stop';

/** Listens to the tab that streams, until this tab gets the lock. */
function waitForStreamLock({ tabs, thread, signal }: { tabs: TabChannel; thread: Thread; signal: AbortSignal }): {
  next: () => Promise<News>;
  leave: () => void;
} {
  const queue = createAsyncQueue<News>();
  const giveUp = new AbortController();
  let granted: ReleaseLock | undefined;
  thread.hear = queue.push;
  const onStop = (): void => queue.push('stop');
  if (signal.aborted) onStop();
  signal.addEventListener('abort', onStop);
  void tabs.waitForLock(thread.id, giveUp.signal).then((release) => {
    if (giveUp.signal.aborted) release?.();
    else if (release) {
      granted = release;
      queue.push('lock');
    }
  });
  return {
    async next() {
      const news = await queue.next();
      if (news === 'lock') {
        thread.release = granted;
        granted = undefined;
      }
      return news;
    },
    leave() {
      thread.hear = undefined;
      signal.removeEventListener('abort', onStop);
      giveUp.abort();
      granted?.();
    },
  };
}

const steps = { asked: 1, running: 2, done: 3, failed: 3, refused: 3 };

/** Tells how far an answer has come, as a number that grows with everything that comes. */
function toProgress({ text, reasoning, toolSteps, citations }: ConversationMessage): number {
  return toolSteps.reduce((sum, { status }) => sum + steps[status], text.length + reasoning.length + citations.length);
}

/** Tells whether a visitor who left the page before the first word is likely to wait for the answer still. */
function isAwaited({ message, place }: StoredAnswer): boolean {
  return !place && toProgress(message) === 0 && Date.now() - message.createdAt < maxResendAgeMs;
}

/** That the server has forgotten the answer means to the visitor that it broke off. */
function toInterrupted(end: EndEvent): EndEvent {
  const { status = 0 } = end.error ?? {};
  return status >= 400 && status < 500 && status !== 401 && status !== 403 && status !== 429
    ? { type: 'end', outcome: 'truncated' }
    : end;
}
