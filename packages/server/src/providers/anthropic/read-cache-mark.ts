import { isRecord } from '../shared/json-value.js';
import type { CacheMark, RequestBlock, ThinkingBlock } from './anthropic-wire.js';

/**
 * Reads `cache_control` of a request, a tool, a message or a part: how callers of OpenRouter and LiteLLM, and the AI SDK, say up to where a
 * prompt may be kept. Without it, each step of an agent is billed for all that came before. Anything else is no mark.
 */
export function readCacheMark(marked: unknown): CacheMark | undefined {
  const mark = isRecord(marked) ? marked['cache_control'] : undefined;
  if (!isRecord(mark) || mark['type'] !== 'ephemeral') return undefined;
  const { ttl } = mark;
  if (ttl === undefined || ttl === null) return { type: 'ephemeral' };
  return ttl === '5m' || ttl === '1h' ? { type: 'ephemeral', ttl } : undefined;
}

/** Puts the mark of `marked` on a block that has none. */
export function withCacheMark<Block extends Exclude<RequestBlock, ThinkingBlock>>(
  block: Block,
  marked: unknown,
): Block {
  const mark = block.cache_control ?? readCacheMark(marked);
  return mark ? { ...block, cache_control: mark } : block;
}
