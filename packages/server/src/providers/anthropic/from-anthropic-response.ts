import type { ChatCompletion, CompletionMessage } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import type { ChunkHead } from '../shared/create-chunk.js';
import { isRecord, toText } from '../shared/json-value.js';
import { fromAnthropicErrorEvent } from './anthropic-error.js';
import { toFinishReason } from './to-finish-reason.js';
import { toUsage } from './to-usage.js';

/**
 * Converts the body of an answer that was not streamed. `head` fills in for an id or a model that the body lacks.
 * Throws `invalid_response` for anything but a message with a stop reason, and the error of an error body.
 */
export function fromAnthropicResponse(body: unknown, head: ChunkHead): ChatCompletion {
  if (isRecord(body) && body['type'] === 'error') throw fromAnthropicErrorEvent(body);
  if (!isRecord(body) || !Array.isArray(body['content']) || typeof body['stop_reason'] !== 'string') {
    throw new NovaError({ code: 'invalid_response', message: 'The answer is not a message with a stop reason.' });
  }
  const usage = isRecord(body['usage']) ? toUsage(body['usage']) : undefined;
  return {
    id: toText(body['id']) || head.id,
    object: 'chat.completion',
    created: head.created,
    model: toText(body['model']) || head.model,
    choices: [
      {
        index: 0,
        message: toMessage(body['content'].filter(isRecord), body),
        finish_reason: toFinishReason(body['stop_reason']),
      },
    ],
    ...(usage ? { usage } : {}),
  };
}

function toMessage(blocks: Record<string, unknown>[], body: Record<string, unknown>): CompletionMessage {
  const join = (type: string): string =>
    blocks.map((block) => (block['type'] === type ? toText(block[type]) : '')).join('');
  const calls = blocks
    .filter((block) => block['type'] === 'tool_use')
    .map(({ id, name, input }) => ({
      id: toText(id),
      type: 'function' as const,
      function: { name: toText(name), arguments: JSON.stringify(input ?? {}) },
    }));
  const thinking = join('thinking');
  const details = body['stop_details'];
  const kept = blocks.filter(({ type }) => type === 'thinking' || type === 'redacted_thinking');
  return {
    role: 'assistant',
    content: join('text') || null,
    refusal: (isRecord(details) && toText(details['explanation'])) || null,
    ...(thinking ? { reasoning_content: thinking } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(calls.length > 0 && kept.length > 0 ? { thinking_blocks: kept } : {}),
  };
}
