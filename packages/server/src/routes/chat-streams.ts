import { encodeSse } from '@nova-chat/client/protocol';
import type { Handler } from 'hono';
import { parseLastEventId, type ResumeFrame, type ResumeLog } from '../chat/resume/index.js';
import { ApiError } from '../errors/api-error.js';
import type { AppEnv } from '../http/app-env.js';
import { type Drain, shuttingDown } from '../http/drain.js';
import type { EventSink } from '../http/event-sink.js';
import { eventStreamHeaders, toEventStream } from '../http/event-stream.js';
import { watchCaller } from '../http/watch-caller.js';
import { toCaller } from './to-caller.js';

export interface ChatStreamsOptions {
  resumeLog: ResumeLog;
  drain: Drain;
  keepAliveMs: number;
}

/** `GET /v1/chat/streams/{id}`: what was missed since `Last-Event-ID`, and then what comes. */
export function createStreamRead({ resumeLog, drain, keepAliveMs }: ChatStreamsOptions): Handler<AppEnv> {
  return async (context) => {
    const id = context.req.param('id') ?? '';
    const afterSeq = toAfterSeq(context.req.header('last-event-id'), id);
    const leaving = new AbortController();
    const { owner } = toCaller(context);
    const frames = await resumeLog.read(id, { owner, afterSeq, signal: leaving.signal });
    // Another server may know it, and a 404 would be the last word.
    if (!frames) throw drain.state === 'serving' ? unknownStream() : shuttingDown();
    if (context.req.method === 'HEAD') {
      leaving.abort();
      return context.body(null, 200, eventStreamHeaders);
    }
    const untrack = drain.track((reason) => leaving.abort(reason));
    const leave = (): void => leaving.abort();
    watchCaller(context, leave);
    return toEventStream(context, (sink) => writeFrames(frames, { signal: leaving.signal, sink }).finally(untrack), {
      keepAliveMs,
      openWithComment: true,
      onLeave: leave,
    });
  };
}

/** `DELETE /v1/chat/streams/{id}`: stops the generation. */
export function createStreamRemove({ resumeLog }: ChatStreamsOptions): Handler<AppEnv> {
  return async (context) => {
    const isRemoved = await resumeLog.remove(context.req.param('id') ?? '', toCaller(context).owner);
    if (!isRemoved) throw unknownStream();
    return context.body(null, 204);
  };
}

async function writeFrames(
  frames: AsyncIterable<ResumeFrame>,
  { signal, sink }: { signal: AbortSignal; sink: EventSink },
): Promise<void> {
  const fail = (error: unknown): void => {
    if (error instanceof ApiError) sink.write(encodeSse({ data: JSON.stringify(error.toBody()) }));
  };
  try {
    for await (const { frame } of frames) {
      sink.write(frame);
      const room = sink.room();
      if (room) await room;
      if (!sink.isOpen()) return;
    }
    fail(signal.reason);
  } catch (error) {
    fail(error);
  }
}

function toAfterSeq(lastEventId: string | undefined, streamId: string): number {
  if (lastEventId === undefined || lastEventId.trim() === '') return -1;
  const seq = parseLastEventId(lastEventId.trim(), streamId);
  if (seq !== undefined) return seq;
  throw new ApiError({
    status: 400,
    code: 'invalid_value',
    message: 'Invalid Last-Event-ID: expected the id of an event of this stream.',
    param: 'Last-Event-ID',
  });
}

/** The same for another caller's stream, so that its existence is not revealed. */
function unknownStream(): ApiError {
  return new ApiError({
    status: 404,
    code: 'stream_not_found',
    message: 'There is no such stream, or it can no longer be resumed.',
  });
}
