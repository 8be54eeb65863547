import { type ChunkDelta, encodeSse, sseDone } from '../protocol/index.js';

/** One event of an answer, as a server sends it. */
export function sseChunk(delta: ChunkDelta, more: Record<string, unknown> = {}): string {
  const { finish_reason: finishReason = null, index = 0, id, ...members } = more;
  const choices = [{ index, delta, finish_reason: finishReason }];
  const data = JSON.stringify({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices,
    ...members,
  });
  return encodeSse({ data, id: id as string | undefined });
}

/** A whole answer: its text word by word, its end, and `[DONE]`. */
export function sseAnswer(text: string): string {
  const words = text.split(/(?<= )/).map((content) => sseChunk({ content }));
  return [sseChunk({ role: 'assistant' }), ...words, sseChunk({}, { finish_reason: 'stop' }), sseDone].join('');
}
