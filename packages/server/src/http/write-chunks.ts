import { type ChatChunk, encodeSse } from '@nova-chat/client/protocol';
import type { EventSink } from './event-stream.js';

export interface WriteChunksOptions {
  /** Writes the id of the event with this number. */
  toId(sequence: number): string;
  /** Keeps each event for those who come back. With it the chunks are read to their end, with a reader or without. */
  log?: { append(sequence: number, event: string): void } | undefined;
  /** Turns what the chunks throw into the body of the last event. */
  toErrorBody(error: unknown): object;
}

/** Writes one event a chunk, then `[DONE]`; when the chunks throw, one event with the error and no `[DONE]`. */
export async function writeChunks(
  chunks: AsyncIterator<ChatChunk>,
  { toId, log, toErrorBody }: WriteChunksOptions,
  sink: EventSink,
): Promise<void> {
  let sequence = 0;
  const event = (data: string): void => {
    const text = encodeSse({ id: toId(sequence), data });
    log?.append(sequence, text);
    sequence += 1;
    sink.write(text);
  };
  const goesOn = (): boolean => log !== undefined || sink.isOpen();
  try {
    for (let next = await chunks.next(); !next.done && goesOn(); next = await chunks.next()) {
      event(JSON.stringify(next.value));
      const room = sink.room();
      if (room) await room;
    }
    if (goesOn()) event('[DONE]');
    else await chunks.return?.();
  } catch (error) {
    if (goesOn()) event(JSON.stringify(toErrorBody(error)));
  }
}
