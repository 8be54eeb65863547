import type { ChatChunk } from '../../protocol/index.js';
import { type Accumulator, createAccumulator } from '../../stream/index.js';

/** A chunk on its way to the reader. */
interface ShownChunk {
  chunk: ChatChunk;
  /** Of its event. */
  id: string | undefined;
  /** Events of the answer, those of this chunk included. */
  upTo: number;
}

/** An answer as its reader sees it: what waits in the queue is not there yet. */
export interface DeliveredAnswer {
  add(chunk: ShownChunk): void;
  /** Takes in what the first `taken` events say, and gives the answer; undefined while there is no reader. */
  follow(taken: number | undefined): Accumulator | undefined;
  /** The id of the last event that was taken in. */
  id(): string | undefined;
}

/** Creates the reader's side of an answer. `id`: where the reader stands already. */
export function createDeliveredAnswer(id?: string): DeliveredAnswer {
  const accumulator = createAccumulator();
  const waiting: ShownChunk[] = [];
  return {
    add: (chunk) => void waiting.push(chunk),
    follow(taken) {
      if (taken === undefined) return undefined;
      const next = waiting.findIndex(({ upTo }) => upTo > taken);
      for (const shown of waiting.splice(0, next < 0 ? waiting.length : next)) {
        accumulator.add(shown.chunk);
        id = shown.id;
      }
      return accumulator;
    },
    id: () => id,
  };
}
