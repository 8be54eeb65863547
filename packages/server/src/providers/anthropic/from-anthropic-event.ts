import type { ChatChunk, ToolCallDelta } from '@nova-chat/client/protocol';
import { type ChunkHead, createChunk, createUsageChunk } from '../shared/create-chunk.js';
import { toRecord, toText } from '../shared/json-value.js';
import { fromAnthropicErrorEvent } from './anthropic-error.js';
import type { ThinkingBlock } from './anthropic-wire.js';
import { toFinishReason } from './to-finish-reason.js';
import { toUsage } from './to-usage.js';

type Members = Record<string, unknown>;

/** A content block that is being streamed. */
type OpenBlock =
  | { type: 'tool_use'; index: number; hasInput: boolean; input: unknown }
  | { type: 'thinking'; thinking: string; signature: string };

/** What one stream's events need to know of those before them. */
export interface AnthropicStreamState {
  head: ChunkHead;
  /** By the index of Anthropic's block. */
  blocks: Map<number, OpenBlock>;
  toolCalls: number;
  /** What has to come back with the results of the tools. */
  thinkingBlocks: ThinkingBlock[];
  counts: Members;
  isFinished: boolean;
}

/** Creates the state of a stream. `head` serves until the stream says its own id and model. */
export function createAnthropicStreamState(head: ChunkHead): AnthropicStreamState {
  return { head, blocks: new Map(), toolCalls: 0, thinkingBlocks: [], counts: {}, isFinished: false };
}

/**
 * Converts one event of a message stream. Pings and events of types yet unknown give nothing. An answer that ends in
 * tool calls carries the thinking that led to them, signatures included, as `thinking_blocks` of its last delta: sent
 * back in the assistant's message, it lets the model think on. Throws the `NovaError` of an `error` event.
 */
export function fromAnthropicEvent(event: Members, state: AnthropicStreamState): ChatChunk[] {
  switch (event['type']) {
    case 'message_start':
      return startMessage(toRecord(event['message']), state);
    case 'content_block_start':
      return startBlock(event, state);
    case 'content_block_delta':
      return continueBlock(event, state);
    case 'content_block_stop':
      return endBlock(event, state);
    case 'message_delta':
      return endMessage(event, state);
    case 'error':
      throw fromAnthropicErrorEvent(event);
    default:
      return [];
  }
}

function startMessage(message: Members, state: AnthropicStreamState): ChatChunk[] {
  const { id, model } = message;
  const { head } = state;
  state.head = { ...head, id: toText(id) || head.id, model: toText(model) || head.model };
  Object.assign(state.counts, toRecord(message['usage']));
  return [createChunk(state.head, { delta: { role: 'assistant', content: '' } })];
}

function startBlock(event: Members, state: AnthropicStreamState): ChatChunk[] {
  const block = toRecord(event['content_block']);
  switch (block['type']) {
    case 'text':
      return say(state, toText(block['text']));
    case 'thinking': {
      const thinking = toText(block['thinking']);
      state.blocks.set(Number(event['index']), { type: 'thinking', thinking, signature: toText(block['signature']) });
      return think(state, thinking);
    }
    case 'redacted_thinking':
      state.thinkingBlocks.push({ type: 'redacted_thinking', data: toText(block['data']) });
      return [];
    case 'tool_use': {
      const index = state.toolCalls++;
      state.blocks.set(Number(event['index']), { type: 'tool_use', index, hasInput: false, input: block['input'] });
      const call = { name: toText(block['name']), arguments: '' };
      return [createCallChunk(state, { index, id: toText(block['id']), type: 'function', function: call })];
    }
    default:
      return [];
  }
}

function continueBlock(event: Members, state: AnthropicStreamState): ChatChunk[] {
  const delta = toRecord(event['delta']);
  const block = state.blocks.get(Number(event['index']));
  switch (delta['type']) {
    case 'text_delta':
      return say(state, toText(delta['text']));
    case 'thinking_delta':
      if (block?.type === 'thinking') block.thinking += toText(delta['thinking']);
      return think(state, toText(delta['thinking']));
    case 'signature_delta':
      if (block?.type === 'thinking') block.signature += toText(delta['signature']);
      return [];
    case 'input_json_delta': {
      const json = toText(delta['partial_json']);
      if (block?.type !== 'tool_use' || json === '') return [];
      block.hasInput = true;
      return [createCallChunk(state, { index: block.index, function: { arguments: json } })];
    }
    default:
      return [];
  }
}

function endBlock(event: Members, state: AnthropicStreamState): ChatChunk[] {
  const block = state.blocks.get(Number(event['index']));
  state.blocks.delete(Number(event['index']));
  if (block?.type === 'thinking' && block.signature) state.thinkingBlocks.push(block);
  if (block?.type !== 'tool_use' || block.hasInput) return [];
  // A tool without arguments streams no JSON at all; some servers send the whole input with the block's start.
  const json = JSON.stringify(toRecord(block.input));
  return [createCallChunk(state, { index: block.index, function: { arguments: json } })];
}

function endMessage(event: Members, state: AnthropicStreamState): ChatChunk[] {
  const delta = toRecord(event['delta']);
  for (const [name, count] of Object.entries(toRecord(event['usage']))) {
    if (count !== null) state.counts[name] = count;
  }
  const stopReason = toText(delta['stop_reason']);
  if (!stopReason || state.isFinished) return [];
  state.isFinished = true;
  const refusal = toText(toRecord(delta['stop_details'])['explanation']);
  const keepsThinking = stopReason === 'tool_use' && state.thinkingBlocks.length > 0;
  return [
    createChunk(state.head, {
      delta: { ...(refusal ? { refusal } : {}), ...(keepsThinking ? { thinking_blocks: state.thinkingBlocks } : {}) },
      finishReason: toFinishReason(stopReason),
    }),
  ];
}

/** Gives the chunk that comes last. */
export function endAnthropicStream(state: AnthropicStreamState): ChatChunk[] {
  const usage = toUsage(state.counts);
  return usage ? [createUsageChunk(state.head, usage)] : [];
}

function createCallChunk(state: AnthropicStreamState, call: ToolCallDelta): ChatChunk {
  return createChunk(state.head, { delta: { tool_calls: [call] } });
}

function say(state: AnthropicStreamState, content: string): ChatChunk[] {
  return content ? [createChunk(state.head, { delta: { content } })] : [];
}

function think(state: AnthropicStreamState, reasoning: string): ChatChunk[] {
  return reasoning ? [createChunk(state.head, { delta: { reasoning_content: reasoning } })] : [];
}
