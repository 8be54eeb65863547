import type { ChatRun, ChatTransport, ConversationEvent } from '@nova-chat/client/conversation';
import {
  isSurelyResumable,
  openResumableChat,
  type ResumableAnswer,
  type ResumableChat,
} from '../../adapters/open-resumable-chat.js';
import type { FeatureHost } from '../feature.js';
import { type ContinuedInput, isHeld } from '../shared/continued-input.js';
import { toAuthorization } from '../shared/to-authorization.js';
import type { ThreadClient } from './answer-relay.js';
import type { ShownMemory } from './shown-memory.js';
import { type Thread, toLive } from './thread.js';

/** How long a server keeps an answer going for a page that is being loaded again: the most that ours grants. */
const resumeSeconds = 120;

/**
 * Asks in the place of the built-in client, so that an answer can be picked up. A server that is not one of ours may
 * refuse a page of another origin that sends `Nova-Resume`: unless the chat has come from it, or the page has said that
 * answers are to be kept, that waits until the server has named an answer, on this page or one before it. `next` answers
 * when the page has a client of its own.
 */
export function createResumableClient(chat: FeatureHost, next: ChatTransport, memory: ShownMemory): ThreadClient {
  const keptEndpoint = chat.endpoint;
  let made: { chat: ResumableChat; endpoint: string; headers: FeatureHost['headers'] } | undefined;
  let isOurs = false;

  function client(): ResumableChat {
    const { endpoint, headers } = chat;
    if (made?.endpoint !== endpoint)
      isOurs = isSurelyResumable(endpoint) || (endpoint === keptEndpoint && memory.canResume());
    if (made?.endpoint !== endpoint || made.headers !== headers)
      made = { chat: openResumableChat({ endpoint, headers }), endpoint, headers };
    return made.chat;
  }

  function learn(): void {
    if (isOurs) return;
    isOurs = true;
    if (chat.endpoint === keptEndpoint) memory.keepCanResume();
  }

  function track(answer: ResumableAnswer, thread: Thread, input?: ContinuedInput): ChatRun {
    // A call of a tool comes in parts, and can only be had again as a whole: from there on the place stays.
    let isWhole = true;
    thread.place = () => {
      const here = answer.place();
      if (here) learn();
      // What is held back on the way has been taken, and could not be had again.
      return isWhole && !input?.[isHeld]?.() ? here : undefined;
    };
    async function* read(): AsyncGenerator<ConversationEvent> {
      const events = answer[Symbol.asyncIterator]();
      try {
        for (;;) {
          toLive(thread);
          const { done, value } = await events.next();
          if (done) return;
          isWhole &&= value.type !== 'tool-call-delta';
          yield value;
        }
      } finally {
        void events.return?.();
      }
    }
    return { [Symbol.asyncIterator]: read, stop: answer.stop };
  }

  return {
    send(input, thread) {
      const headers = toAuthorization(chat.user);
      if (chat.client) return next.send(input, { headers });
      const { model, persist } = chat;
      const resumable = client();
      const isKept = persist !== 'none' && (persist || isOurs);
      const request = { ...input, ...(model && { model }) };
      const answer = resumable.stream(request, { headers, ...(isKept && { resume: resumeSeconds }) });
      return thread ? track(answer, thread, input) : answer;
    },
    resume({ place }, thread) {
      if (chat.client || !place) return undefined;
      return track(client().resume(place, { headers: toAuthorization(chat.user) }), thread);
    },
  };
}
