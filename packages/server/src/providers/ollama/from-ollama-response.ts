import type { ChatCompletion } from '@nova-chat/client/protocol';
import { createAccumulator, NovaError } from '@nova-chat/client/stream';
import type { ChunkHead } from '../shared/create-chunk.js';
import { isRecord } from '../shared/json-value.js';
import { createOllamaStreamState, fromOllamaChunk } from './from-ollama-chunk.js';

/**
 * Converts the body of an answer that was not streamed: it has the form of a stream's last line, with the whole
 * message in it. Throws `invalid_response` when it is not marked as done, and what `fromOllamaChunk` throws.
 */
export function fromOllamaResponse(body: unknown, head: ChunkHead): ChatCompletion {
  const state = createOllamaStreamState(head);
  const accumulator = createAccumulator();
  for (const chunk of isRecord(body) ? fromOllamaChunk(body, state) : []) accumulator.add(chunk);
  if (!state.isFinished) {
    throw new NovaError({ code: 'invalid_response', message: 'The answer is not one that Ollama finished.' });
  }
  return accumulator.toCompletion();
}
