import type { Context, Handler } from 'hono';
import type { ChatCall } from '../chat/chat-call.js';
import { completeChat } from '../chat/complete-chat.js';
import type { ModelCatalog } from '../chat/model-catalog.js';
import { parseChatRequest } from '../chat/parse-chat-request.js';
import { createStreamId, type ResumeLog, toEventId } from '../chat/resume/index.js';
import { selectCapable } from '../chat/select-capable.js';
import { streamChat } from '../chat/stream-chat.js';
import { ApiError } from '../errors/api-error.js';
import { toAbortApiError } from '../errors/to-abort-api-error.js';
import { setHeader } from '../http/answer-headers.js';
import type { AppEnv } from '../http/app-env.js';
import type { Drain } from '../http/drain.js';
import { toEventStream } from '../http/event-stream.js';
import { toJsonAnswer } from '../http/json-answer.js';
import { readJsonBody } from '../http/read-json-body.js';
import { recordOf } from '../http/record-of.js';
import { watchCaller } from '../http/watch-caller.js';
import { writeChunks } from '../http/write-chunks.js';
import type { RequestRecord } from '../observe/request-record.js';
import type { Routing } from '../routing/index.js';
import { toCaller } from './to-caller.js';

export interface ChatCompletionsOptions {
  catalog: ModelCatalog;
  routing: Routing;
  resumeLog: ResumeLog;
  drain: Drain;
  retryDelaysMs: readonly number[];
  startMs: number;
  maxBodyBytes: number;
  peekMs: number;
  keepAliveMs: number;
}

/** `POST /v1/chat/completions`, whole and streamed. */
export function createChatCompletions(options: ChatCompletionsOptions): Handler<AppEnv> {
  return async (context) => {
    const request = parseChatRequest(await readJsonBody(context, options.maxBodyBytes));
    const control = new AbortController();
    const call: ChatCall = {
      request,
      candidates: selectCapable(options.catalog.candidates(request.model), request),
      tried: new Set(),
      routing: options.routing,
      retryDelaysMs: options.retryDelaysMs,
      startMs: options.startMs,
      onFailure: parseOnFailure(context.req.header('nova-on-failure')),
      requestId: context.get('requestId'),
      signal: control.signal,
      record: recordOf(context),
      startedAt: performance.now(),
    };
    const resumeMs = parseResumeMs(context.req.header('nova-resume'));
    const connection = watchConnection(context, { control, drain: options.drain });
    if (request.stream) return respondWithStream(context, call, { ...options, connection, resumeMs });
    try {
      const completion = await completeChat(call);
      setHeader(context, 'nova-provider', call.record.provider ?? '');
      setHeader(context, 'cache-control', 'no-store');
      return toJsonAnswer(context, completion);
    } finally {
      connection.release();
    }
  };
}

/** What may end a call from outside. */
interface Connection {
  /** Ends the call. */
  abort(reason?: unknown): void;
  /** What is done when the caller leaves. At first: the call ends, also while status and headers are held back. */
  onLeave: () => void;
  release(): void;
}

function watchConnection(
  context: Context<AppEnv>,
  { control, drain }: { control: AbortController; drain: Drain },
): Connection {
  const connection: Connection = {
    abort: (reason) => control.abort(reason),
    onLeave: () => control.abort(),
    release() {
      unwatch();
      untrack();
    },
  };
  const unwatch = watchCaller(context, () => connection.onLeave());
  if (control.signal.aborted) throw toAbortApiError(control.signal);
  const untrack = drain.track(connection.abort);
  return connection;
}

interface StreamOptions extends ChatCompletionsOptions {
  connection: Connection;
  resumeMs: number;
}

async function respondWithStream(context: Context<AppEnv>, call: ChatCall, options: StreamOptions): Promise<Response> {
  const { connection, resumeLog, resumeMs, peekMs, keepAliveMs } = options;
  const { record } = call;
  const streamId = createStreamId();
  const stream = await streamChat(call, { streamId, peekMs }).catch((error: unknown) => {
    connection.release();
    throw error;
  });
  const log = resumeMs > 0 ? resumeLog.create({ streamId, resumeMs, ...toCaller(context) }) : undefined;
  if (log) {
    // From here on the answer outlives its connection; the log says when it is no longer wanted.
    connection.onLeave = () => log.detach();
    log.signal.addEventListener('abort', () => connection.abort(log.signal.reason), { once: true });
    // A caller that ends the answer before its first event has no event id yet.
    setHeader(context, 'nova-stream-id', streamId);
  }
  const ended = Promise.withResolvers<void>();
  record.ended = ended.promise;
  setHeader(context, 'nova-provider', stream.provider);
  return toEventStream(
    context,
    async (sink) => {
      const toErrorBody = (error: unknown): object => noteError(error, record).toBody();
      await writeChunks(stream.chunks, { toId: (sequence) => toEventId(streamId, sequence), log, toErrorBody }, sink);
      log?.finish();
      record.outcome ??= 'aborted';
      connection.release();
      ended.resolve();
    },
    { keepAliveMs, openWithComment: stream.state === 'waiting', onLeave: () => connection.onLeave() },
  );
}

function noteError(error: unknown, record: RequestRecord): ApiError {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError({
          status: 500,
          code: 'server_error',
          message: 'The server had an error while it streamed the answer.',
        });
  if (known !== error) record.faults = [error];
  record.code = known.code;
  record.outcome = known.code === 'aborted' ? 'aborted' : 'failed';
  return known;
}

/** Refuses any other value: a caller that forbids a continuation must not get one because of a typo. */
function parseOnFailure(header = ''): ChatCall['onFailure'] {
  const word = header.trim().toLowerCase() || 'continue';
  if (word === 'continue' || word === 'terminate') return word;
  throw badHeader('Nova-On-Failure', 'terminate or continue');
}

/** Seconds; the log has its own limit. */
function parseResumeMs(header: string | undefined): number {
  if (header === undefined || header.trim() === '') return 0;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  throw badHeader('Nova-Resume', 'a whole number of seconds, of which at most 120 count');
}

function badHeader(name: string, must: string): ApiError {
  return new ApiError({
    status: 400,
    code: 'invalid_value',
    message: `Invalid ${name}: expected ${must}.`,
    param: name,
  });
}
