import type { EventSink } from './event-sink.js';

/** A chunk, and its JSON where that is at hand. */
export interface WritableChunk {
  chunk: object;
  json?: readonly string[];
}

export interface WriteChunksOptions {
  /** Writes the id of the event with this number. */
  toId(sequence: number): string;
  /**
   * Keeps each event for readers that come back. With it the chunks are read to their end, with a reader or without; as long
   * as they can be read again, a slow reader does not hold them up: it may have gone without a word.
   */
  log?: { append(sequence: number, event: string): void; readonly isKept: boolean } | undefined;
  /** Turns what the chunks throw into the body of the last event. */
  toErrorBody(error: unknown): object;
}

/**
 * Writes the events of the chunks, those of a batch at once, then `[DONE]`; when the chunks throw, one event with the error and
 * no `[DONE]`.
 */
export async function writeChunks(
  chunks: AsyncIterator<WritableChunk[]>,
  { toId, log, toErrorBody }: WriteChunksOptions,
  sink: EventSink,
): Promise<void> {
  let sequence = 0;
  // What `JSON.stringify` gives has no line breaks, which would have to be taken apart.
  const toEvent = (json: string): string => {
    const event = `id: ${toId(sequence)}\ndata: ${json}\n\n`;
    log?.append(sequence, event);
    sequence += 1;
    return event;
  };
  const continues = (): boolean => log !== undefined || sink.isOpen();
  try {
    for (let next = await chunks.next(); !next.done && continues(); next = await chunks.next()) {
      let events = '';
      for (const { chunk, json } of next.value) {
        for (const one of json ?? [JSON.stringify(chunk)]) events += toEvent(one);
      }
      next.value.length = 0;
      sink.write(events);
      const room = log?.isKept ? undefined : sink.room();
      if (room) await room;
    }
    if (continues()) sink.write(toEvent('[DONE]'));
    else await chunks.return?.();
  } catch (error) {
    if (continues()) sink.write(toEvent(JSON.stringify(toErrorBody(error))));
  }
}
