import { randomUUID } from 'node:crypto';
import type { ChatChunk, ChunkDelta, FinishReason, Usage } from '@nova-chat/client/protocol';

/** What all chunks of an answer have in common. */
export interface ChunkHead {
  id: string;
  /** Seconds since 1970. */
  created: number;
  model: string;
}

/** Creates a head of our own. Its id is not that of the request, which a caller may repeat. */
export function createChunkHead(model: string): ChunkHead {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}

export interface ChunkContent {
  delta?: ChunkDelta;
  /** Default null: the choice goes on. */
  finishReason?: FinishReason | null;
  /** Index of the choice. Default 0. */
  index?: number;
}

/** Creates a chunk with one choice. */
export function createChunk(head: ChunkHead, { delta = {}, finishReason = null, index = 0 }: ChunkContent): ChatChunk {
  return { ...toChunkBase(head), choices: [{ index, delta, finish_reason: finishReason }] };
}

/** Creates the chunk without choices that OpenAI sends last when `include_usage` is asked for. */
export function createUsageChunk(head: ChunkHead, usage: Usage): ChatChunk {
  return { ...toChunkBase(head), choices: [], usage };
}

function toChunkBase({ id, created, model }: ChunkHead): ChunkHead & Pick<ChatChunk, 'object'> {
  return { id, object: 'chat.completion.chunk', created, model };
}
