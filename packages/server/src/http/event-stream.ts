import type { Context } from 'hono';
import type { AppEnv } from './app-env.js';

export interface EventStreamOptions {
  /** Silence after which a comment is sent, so that proxies keep the connection. */
  keepAliveMs: number;
  /** Sends a comment at once, so that the headers are not all that the reader sees of a slow answer. */
  openWithComment: boolean;
  /** The reader has left. */
  onLeave(): void;
}

/** Where the events of one reader go. */
export interface EventSink {
  /** Takes events as they go over the wire; does nothing when the reader has left. */
  write(text: string): void;
  isOpen(): boolean;
  /** Undefined while the reader keeps up; else settles when it does again, or has left. */
  room(): Promise<void> | undefined;
}

const keepAlive = ': keep-alive\n\n';
/** So much may wait for a slow reader before the provider is no longer read, in bytes. */
const highWaterMark = 65_536;
/** So much goes out at once, whatever else is about to come, in characters. */
const maxPending = 16_384;

/**
 * Answers with an event stream that lasts until `write` resolves. Events that come together go out in one write. Never
 * compressed, never buffered.
 */
export function toEventStream(
  context: Context<AppEnv>,
  write: (sink: EventSink) => Promise<void>,
  options: EventStreamOptions,
): Response {
  context.header('content-type', 'text/event-stream; charset=utf-8');
  context.header('cache-control', 'no-store, no-transform');
  context.header('x-accel-buffering', 'no');
  return context.body(createBody(write, options));
}

function createBody(
  write: (sink: EventSink) => Promise<void>,
  options: EventStreamOptions,
): ReadableStream<Uint8Array> {
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
  const sink: EventSink = {
    isOpen: () => state === 'open',
    room: () => room?.promise,
    write(text) {
      if (state === 'ended' || text === '') return;
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
    await write(sink);
    if (state === 'ended') return;
    flush();
    state = 'ended';
    clearTimeout(silence);
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
        state = 'ended';
        pending = '';
        clearTimeout(silence);
        room?.resolve();
        room = undefined;
        options.onLeave();
      },
    },
    { highWaterMark, size: (bytes) => bytes.byteLength },
  );
}
