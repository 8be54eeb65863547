import { type ChatChunk, encodeSse } from '@nova-chat/client/protocol';
import type { Context } from 'hono';
import type { AppEnv } from './app-env.js';

export interface SseOptions {
  /** Each event gets `id: <streamId>:<sequence>`. */
  streamId: string;
  /** Silence after which a comment is sent, so that proxies keep the connection. */
  keepAliveMs: number;
  /** Sends a comment at once, so that the headers are not all that the reader sees of a slow answer. */
  openWithComment: boolean;
  /** Turns what the chunks throw into the body of the last event; undefined: nobody is there to read it. */
  toErrorBody(error: unknown): object | undefined;
  /** The reader has left; the chunks must be ended. */
  onLeave(): void;
  /** Called once, when nothing more will be written. */
  onEnd(): void;
}

const keepAlive = ': keep-alive\n\n';
/** So much may wait for a slow reader before the provider is no longer read, in bytes. */
const highWaterMark = 65_536;
/** So much goes out at once, whatever else is about to come, in characters. */
const maxPending = 16_384;

/**
 * Answers with an event stream: one event a chunk, then `[DONE]`; when the chunks throw, one event with the error and no
 * `[DONE]`. Events that come together go out in one write. Never compressed, never buffered.
 */
export function toSseResponse(
  context: Context<AppEnv>,
  chunks: AsyncIterator<ChatChunk>,
  options: SseOptions,
): Response {
  context.header('content-type', 'text/event-stream; charset=utf-8');
  context.header('cache-control', 'no-store, no-transform');
  context.header('x-accel-buffering', 'no');
  return context.body(createEventStream(chunks, options));
}

function createEventStream(chunks: AsyncIterator<ChatChunk>, options: SseOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let pending = options.openWithComment ? keepAlive : '';
  let flushing = false;
  let room: PromiseWithResolvers<void> | undefined;
  let state: 'open' | 'ended' = 'open';
  const silence = setTimeout(() => {
    pending += keepAlive;
    flush();
  }, options.keepAliveMs);

  const flush = (): void => {
    flushing = false;
    if (state === 'ended' || pending === '') return;
    controller.enqueue(encoder.encode(pending));
    pending = '';
    silence.refresh();
    if ((controller.desiredSize ?? 0) <= 0) room ??= Promise.withResolvers();
  };
  const end = (): void => {
    if (state === 'ended') return;
    flush();
    state = 'ended';
    clearTimeout(silence);
    options.onEnd();
  };
  const sink: EventSink = {
    isOpen: () => state === 'open',
    room: () => room?.promise,
    write(text) {
      pending += text;
      if (pending.length > maxPending) flush();
      else if (!flushing) {
        flushing = true;
        // Runs when no promise is left to settle, that is after all events of one network chunk.
        process.nextTick(flush);
      }
    },
  };
  const pump = async (): Promise<void> => {
    await writeChunks(chunks, options, sink);
    if (state === 'ended') return;
    end();
    controller.close();
  };

  return new ReadableStream<Uint8Array>(
    {
      start(created) {
        controller = created;
        flush();
        void pump();
      },
      pull() {
        room?.resolve();
        room = undefined;
      },
      cancel() {
        pending = '';
        room?.resolve();
        options.onLeave();
        end();
      },
    },
    { highWaterMark, size: (bytes) => bytes.byteLength },
  );
}

interface EventSink {
  write(text: string): void;
  isOpen(): boolean;
  /** Undefined while the reader keeps up; else settles when it does again. */
  room(): Promise<void> | undefined;
}

async function writeChunks(chunks: AsyncIterator<ChatChunk>, options: SseOptions, sink: EventSink): Promise<void> {
  let sequence = 0;
  const event = (data: string): void => {
    sink.write(encodeSse({ id: `${options.streamId}:${sequence++}`, data }));
  };
  try {
    for (let next = await chunks.next(); !next.done && sink.isOpen(); next = await chunks.next()) {
      event(JSON.stringify(next.value));
      const room = sink.room();
      if (room) await room;
    }
    if (sink.isOpen()) event('[DONE]');
    else await chunks.return?.();
  } catch (error) {
    const body = sink.isOpen() ? options.toErrorBody(error) : undefined;
    if (body) event(JSON.stringify(body));
  }
}
