import type { ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';
import { createAccumulator, NovaError } from '@nova-chat/client/stream';
import type { ChunkHead } from '../shared/create-chunk.js';
import { isRecord } from '../shared/json-value.js';
import {
  createGeminiStreamState,
  endGeminiStream,
  fromGeminiChunk,
  isGeminiStreamEnough,
} from './from-gemini-chunk.js';

/**
 * Converts the body of an answer that was not streamed: Gemini's whole answer has the form of a chunk, and is read as
 * a stream of one. Throws `invalid_response` when a choice lacks its finish reason, and what `fromGeminiChunk` throws.
 */
export function fromGeminiResponse(
  body: unknown,
  head: ChunkHead,
  request?: Pick<ChatRequest, 'n' | 'stop'>,
): ChatCompletion {
  const state = createGeminiStreamState(head, request);
  const accumulator = createAccumulator();
  for (const chunk of isRecord(body) ? fromGeminiChunk(body, state) : []) accumulator.add(chunk);
  for (const chunk of endGeminiStream(state)) accumulator.add(chunk);
  if (!isGeminiStreamEnough(state)) {
    throw new NovaError({ code: 'invalid_response', message: 'The answer lacks a finish reason.' });
  }
  return accumulator.toCompletion();
}
