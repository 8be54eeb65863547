import type { CallOptions } from './client-options.js';
import type { ChatAnswer, ChatOptions } from './create-chat.js';
import type { ChatEvent, ChatRequest } from './protocol/index.js';
import type { ChatRunSetup } from './resources/answer/chat-run-setup.js';
import { createResume } from './resources/answer/create-resume.js';
import { joinTexts } from './resources/answer/join-texts.js';
import { startAnswer } from './resources/answer/start-answer.js';
import { stopAnswer } from './resources/answer/stop-answer.js';
import { createClientCore } from './resources/client-core.js';
import { createSend } from './resources/request/send-request.js';
import { sendWithFetch } from './transport/send-with-fetch.js';

/** Where a reader stands in an answer that the server has under way. */
export interface ResumePlace {
  streamId: string;
  /** Undefined before the first event. */
  lastEventId?: string | undefined;
}

/** An answer that can be resumed where its reader stands. `stop` ends it on the server too. */
export interface ResumableAnswer extends ChatAnswer {
  /**
   * What `resume` takes to continue behind the events that were delivered, once the server has named the answer;
   * undefined also between the events of one message of the server.
   */
  place(): ResumePlace | undefined;
}

/** A chat whose answers outlive their connection, and their page. */
export interface ResumableChat {
  /**
   * Starts a streamed answer, at once. `resume`: how long the server keeps it going without us, in seconds, sent as
   * `Nova-Resume`; one that breaks off is then resumed where it broke. Default: not at all.
   */
  stream(
    request: ChatRequest,
    options?: Pick<CallOptions, 'signal' | 'headers'> & { resume?: number | undefined },
  ): ResumableAnswer;
  /** Resumes an answer behind `place`. When the server no longer has it, the outcome is `failed`, with `not_found`. */
  resume(place: ResumePlace, options?: Pick<CallOptions, 'signal' | 'headers'>): ResumableAnswer;
}

/** Creates what `createChat` does, with answers that can be resumed. Its options are not validated either. */
export function createResumableChat(options: ChatOptions): ResumableChat {
  const { transport = { send: sendWithFetch({ fetch: options.fetch }) } } = options;
  const core = createClientCore(
    options,
    createSend(options, (request) => transport.send(request)),
  );
  return {
    stream: (body, call = {}) => start({ ...core.openRun(call), body, options: call }),
    resume: (place, call = {}) => start({ ...core.openRun(call), body: undefined, options: call }, place),
  };
}

/** A message of the server that its reader has not been handed yet, and the event that it ends with. */
interface Step {
  place: ResumePlace | undefined;
  upTo: number;
}

function start(given: Omit<ChatRunSetup, 'createResume'>, at?: ResumePlace): ResumableAnswer {
  const setup: ChatRunSetup = { ...given, createResume, join: joinTexts };
  let here: Step = { place: at, upTo: 0 };
  let steps: Step[] = [];
  let hasEnded = false;
  const { run, log, leave } = startAnswer(setup, at && { lastEventId: undefined, ...at }, {
    begin() {
      steps = [];
      here = { place: undefined, upTo: here.upTo };
    },
    chunk() {
      const { streamId, lastEventId } = run;
      steps.push({ place: streamId === undefined ? undefined : { streamId, lastEventId }, upTo: log.length() });
    },
    end() {
      hasEnded = true;
    },
  });
  return {
    [Symbol.asyncIterator]: () => log.read(1, leave)[0] as AsyncIterator<ChatEvent>,
    stop: () => void stopAnswer(setup, { run, leave }, hasEnded),
    place() {
      const taken = log.taken() ?? 0;
      while (steps[0] && steps[0].upTo <= taken) here = steps.shift() as Step;
      if (here.upTo !== taken) return undefined;
      // Some servers name an answer before its first event.
      return here.place ?? (taken === 0 && run.streamId !== undefined ? { streamId: run.streamId } : undefined);
    },
  };
}
