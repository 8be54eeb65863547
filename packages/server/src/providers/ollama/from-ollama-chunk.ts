import type { ChatChunk, ChunkDelta, FinishReason, ToolCallDelta } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { createCallId } from '../shared/create-call-id.js';
import { type ChunkHead, createChunk, createUsageChunk } from '../shared/create-chunk.js';
import { isRecord, toText } from '../shared/json-value.js';
import { fromOllamaErrorLine } from './ollama-error.js';
import { toUsage } from './to-usage.js';

type Members = Record<string, unknown>;

/** What one stream's lines need to know of those before them. */
export interface OllamaStreamState {
  /** Its id makes the ids of calls that come without one. */
  head: ChunkHead;
  hasBegun: boolean;
  calls: number;
  isFinished: boolean;
}

/** Creates the state of a stream. Ollama gives its answers no id: the one of `head` serves. */
export function createOllamaStreamState(head: ChunkHead): OllamaStreamState {
  return { head, hasBegun: false, calls: 0, isFinished: false };
}

/**
 * Converts one line of a stream. Tool calls come whole, their arguments as an object. Throws the `NovaError` of an
 * error line, and `stream_error` when the model was only loaded or unloaded: that is no answer.
 */
export function fromOllamaChunk(line: Members, state: OllamaStreamState): ChatChunk[] {
  if (line['error'] !== undefined) throw fromOllamaErrorLine(line);
  if (state.isFinished) return [];
  const message = isRecord(line['message']) ? line['message'] : {};
  const chunks: ChatChunk[] = [];
  const add = (delta: ChunkDelta): unknown => chunks.push(createChunk(state.head, { delta }));
  if (!state.hasBegun) {
    state.hasBegun = true;
    state.head = { ...state.head, model: toText(line['model']) || state.head.model };
    add({ role: 'assistant', content: '' });
  }
  const { thinking, content, tool_calls: calls } = message;
  if (toText(thinking)) add({ reasoning_content: toText(thinking) });
  if (toText(content)) add({ content: toText(content) });
  if (Array.isArray(calls) && calls.length > 0) {
    add({ tool_calls: calls.filter(isRecord).map((call) => toCallDelta(call, state)) });
  }
  return line['done'] === true ? [...chunks, ...finish(line, state)] : chunks;
}

function finish(line: Members, state: OllamaStreamState): ChatChunk[] {
  const finishReason = toFinishReason(toText(line['done_reason']), state.calls > 0);
  state.isFinished = true;
  const usage = toUsage(line);
  return [createChunk(state.head, { finishReason }), ...(usage ? [createUsageChunk(state.head, usage)] : [])];
}

/** Converts a `done_reason`; servers before 0.1.40 send none. Unknown words are kept. */
function toFinishReason(doneReason: string, hasCalls: boolean): FinishReason {
  if (doneReason === 'load' || doneReason === 'unload') {
    throw new NovaError({
      code: 'stream_error',
      message: `Ollama did not answer: it only did a "${doneReason}" of the model.`,
    });
  }
  if (doneReason === '' || doneReason === 'stop') return hasCalls ? 'tool_calls' : 'stop';
  return doneReason;
}

function toCallDelta(call: Members, state: OllamaStreamState): ToolCallDelta {
  const { name, arguments: args } = isRecord(call['function']) ? call['function'] : {};
  const index = state.calls++;
  return {
    index,
    id: toText(call['id']) || createCallId(`${state.head.id} ${index}`),
    type: 'function',
    function: { name: toText(name), arguments: typeof args === 'string' ? args : JSON.stringify(args ?? {}) },
  };
}
