import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { openAnswer } from './answer-headers.js';
import type { AppEnv } from './app-env.js';
import { createEventSink, type EventSink, type EventSinkOptions } from './event-sink.js';

type Write = (sink: EventSink) => Promise<void>;

/** Of every event stream. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};
/** So much may wait for a slow reader before the provider is no longer read, in bytes. */
const highWaterMark = 65_536;

/**
 * A connected reader that takes nothing would hold one of the provider's connections; in ms. Node looks twice, so that
 * it may take two of them.
 */
const writeStallMs = 60_000;

interface EventStreamOptions extends EventSinkOptions {
  /** Longest time in which nothing can be written. Default a minute, and longer than two comments are apart. */
  stallMs?: number;
}

/**
 * Answers with an event stream that lasts until `write` resolves. Never compressed, never buffered.
 *
 * Under Node the events go straight to the response: a web stream in between costs as much as all else that is done
 * for a burst of tokens, and sends the headers in a packet of their own.
 */
export function toEventStream(context: Context<AppEnv>, write: Write, options: EventStreamOptions): Response {
  const outgoing = openAnswer(context, eventStreamHeaders);
  if (!outgoing) return context.body(createBody(write, options), 200, eventStreamHeaders);
  // Before its end is known, so that no length is told.
  outgoing.writeHead(200);
  void writeOut(outgoing, write, options);
  return RESPONSE_ALREADY_SENT;
}

async function writeOut(outgoing: ServerResponse, write: Write, options: EventStreamOptions): Promise<void> {
  // Of the socket, which Node closes then; comments are written in time while the reader takes them.
  outgoing.setTimeout(options.stallMs ?? Math.max(writeStallMs, 2 * options.keepAliveMs));
  const sink = createEventSink(
    {
      write: (text) => outgoing.write(text),
      end: (text) => outgoing.end(text),
    },
    options,
  );
  outgoing.on('drain', sink.drain);
  // An error is that of a connection that breaks; its end follows.
  outgoing.on('error', sink.leave);
  outgoing.on('close', sink.leave);
  if (outgoing.destroyed) sink.leave();
  await write(sink);
  sink.end();
}

function createBody(write: Write, options: EventSinkOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let sink: ReturnType<typeof createEventSink>;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => {
          if (text !== '') controller.enqueue(encoder.encode(text));
        };
        sink = createEventSink(
          {
            write(text) {
              send(text);
              return (controller.desiredSize ?? 0) > 0;
            },
            end(text) {
              send(text);
              controller.close();
            },
          },
          options,
        );
        void write(sink).then(sink.end);
      },
      pull: () => sink.drain(),
      cancel: () => sink.leave(),
    },
    { highWaterMark, size: (bytes) => bytes.byteLength },
  );
}
