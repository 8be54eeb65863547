import type { ChatChunk, ChatCompletion } from '@nova-chat/client/protocol';
import { createAccumulator } from '@nova-chat/client/stream';
import type { ProviderChunk } from '../../provider.js';

/** What a stream gave, and how it ended. */
export interface CollectedAnswer {
  chunks: ChatChunk[];
  completion: ChatCompletion;
  /** Undefined when the stream ended well. */
  error: unknown;
}

/** Reads a stream of chunks to its end, whichever that is. */
export async function collectAnswer(stream: AsyncIterable<ProviderChunk[]>): Promise<CollectedAnswer> {
  const chunks: ChatChunk[] = [];
  const accumulator = createAccumulator();
  let error: unknown;
  try {
    for await (const batch of stream) {
      for (const { chunk } of batch) {
        chunks.push(chunk);
        accumulator.add(chunk);
      }
    }
  } catch (thrown) {
    error = thrown;
  }
  return { chunks, completion: accumulator.toCompletion(), error };
}
