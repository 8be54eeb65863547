import type { AssistantMessage, ChatMessage } from '@nova-chat/client/protocol';
import { continueTurn, placeholderTurn } from '../shared/filler-turns.js';
import { isRecord } from '../shared/json-value.js';
import { readContent, readText } from '../shared/read-content.js';
import { readToolCall } from '../shared/read-tool-call.js';
import type { AnthropicMessage, RequestBlock, TextBlock, ThinkingBlock } from './anthropic-wire.js';
import { withCacheMark } from './read-cache-mark.js';
import { toContentBlock } from './to-content-block.js';

/** A conversation in Anthropic's order. */
export interface AnthropicConversation {
  /** Empty when there is none; in blocks where a part of it is marked for the prompt cache. */
  system: string | TextBlock[];
  messages: AnthropicMessage[];
}

/**
 * Converts the messages of a conversation. System and developer messages, also those in the middle, are put together
 * at the top with a line break, as Anthropic's own OpenAI endpoint does
 * (https://platform.claude.com/docs/en/api/openai-sdk). Turns alternate: neighbours of one role are merged, and the
 * results of tools lead their turn. The first turn is the user's; so is the last where the model does not take prefill.
 */
export function toAnthropicMessages(messages: readonly ChatMessage[], prefill: boolean): AnthropicConversation {
  const system: TextBlock[][] = [];
  const turns: AnthropicMessage[] = [];
  messages.forEach((message, index) => {
    const param = `messages[${index}]`;
    if (message.role === 'system' || message.role === 'developer') {
      const blocks = toSystemBlocks(message, param);
      if (blocks.length > 0) system.push(blocks);
      return;
    }
    const content = toBlocks(message, param);
    if (content.length === 0) return;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) for (const block of content) last.content.push(block);
    else turns.push({ role, content });
  });
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', content: [{ type: 'text', text: placeholderTurn }] });
  for (const turn of turns) if (turn.role === 'user') turn.content = withResultsFirst(turn.content);
  return { system: joinSystem(system), messages: endTurns(turns, prefill) };
}

function toSystemBlocks(message: ChatMessage, param: string): TextBlock[] {
  const text = readText(message.content, param);
  if (!text.trim()) return [];
  const parts = readContent(message.content, param).flatMap((part): TextBlock[] => {
    if (part.kind !== 'text' || !part.text.trim()) return [];
    return [withCacheMark({ type: 'text', text: part.text }, part.given)];
  });
  const last = parts.at(-1);
  if (!last || !parts.some((block) => block.cache_control)) return [withCacheMark({ type: 'text', text }, message)];
  return [...parts.slice(0, -1), withCacheMark(last, message)];
}

function joinSystem(system: readonly TextBlock[][]): string | TextBlock[] {
  const blocks = system.flat();
  return blocks.some((block) => block.cache_control) ? blocks : blocks.map(({ text }) => text).join('\n');
}

/** A mark of the message itself is that of its end. */
function toBlocks(message: ChatMessage, param: string): RequestBlock[] {
  const blocks = toPlainBlocks(message, param);
  const last = blocks.at(-1);
  if (!last || last.type === 'thinking' || last.type === 'redacted_thinking') return blocks;
  return [...blocks.slice(0, -1), withCacheMark(last, message)];
}

function toPlainBlocks(message: ChatMessage, param: string): RequestBlock[] {
  if (message.role === 'assistant') return toAssistantBlocks(message, param);
  const parts = readContent(message.content, param);
  if (message.role === 'tool') {
    const content = readText(message.content, param);
    const id = toToolId(message.tool_call_id);
    return [
      withCacheMark({ type: 'tool_result', tool_use_id: id, ...(content ? { content } : {}) }, parts.at(-1)?.given),
    ];
  }
  return parts.flatMap((part): RequestBlock[] => {
    // A text of white space only is refused.
    if (part.kind === 'text' && !part.text.trim()) return [];
    return [withCacheMark(toContentBlock(part), part.given)];
  });
}

function toAssistantBlocks(message: AssistantMessage, param: string): RequestBlock[] {
  const said = readText(message.content ?? message.refusal, param);
  const calls = (message.tool_calls ?? []).map((call, index): RequestBlock => {
    const { id, name, input } = readToolCall(call, `${param}.tool_calls[${index}]`);
    return { type: 'tool_use', id: toToolId(id), name, input };
  });
  const marked = readContent(message.content, param).at(-1)?.given;
  const text: RequestBlock[] = said.trim() ? [withCacheMark({ type: 'text', text: said }, marked)] : [];
  return [...readThinkingBlocks(message), ...text, ...calls];
}

/** Reads the blocks that an answer with tool calls carried in `thinking_blocks`; others cannot be given back. */
function readThinkingBlocks(message: object): ThinkingBlock[] {
  const blocks: unknown = 'thinking_blocks' in message ? message.thinking_blocks : undefined;
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block: unknown): ThinkingBlock[] => {
    if (!isRecord(block)) return [];
    const { type, thinking, signature, data } = block;
    if (type === 'thinking' && typeof thinking === 'string' && typeof signature === 'string') {
      return [{ type, thinking, signature }];
    }
    return type === 'redacted_thinking' && typeof data === 'string' ? [{ type, data }] : [];
  });
}

/** Ids of other providers' calls hold dots and colons, which Anthropic refuses. */
function toToolId(id: string): string {
  return id.replace(/[^\w-]/g, '_') || '_';
}

function withResultsFirst(content: RequestBlock[]): RequestBlock[] {
  const isResult = (block: RequestBlock): boolean => block.type === 'tool_result';
  return [...content.filter(isResult), ...content.filter((block) => !isResult(block))];
}

function endTurns(turns: AnthropicMessage[], prefill: boolean): AnthropicMessage[] {
  const last = turns.at(-1);
  if (last?.role !== 'assistant') return turns;
  if (!prefill) return [...turns, { role: 'user', content: [{ type: 'text', text: continueTurn }] }];
  const block = last.content.at(-1);
  // A prefill that ends with white space is refused.
  if (block?.type === 'text') block.text = block.text.trimEnd();
  return turns;
}
