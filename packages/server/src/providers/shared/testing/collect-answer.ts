import type { ChatChunk, ChatCompletion } from '@nova-chat/client/protocol';
import { createAccumulator } from '@nova-chat/client/stream';

/** What a stream gave, and how it ended. */
export interface CollectedAnswer {
  chunks: ChatChunk[];
  completion: ChatCompletion;
  /** Undefined when the stream ended well. */
  error: unknown;
}

/** Reads a stream of chunks to its end, whichever that is. */
export async function collectAnswer(stream: AsyncIterable<ChatChunk>): Promise<CollectedAnswer> {
  const chunks: ChatChunk[] = [];
  const accumulator = createAccumulator();
  let error: unknown;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      accumulator.add(chunk);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { chunks, completion: accumulator.toCompletion(), error };
}
