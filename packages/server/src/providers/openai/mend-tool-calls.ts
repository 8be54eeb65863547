import type { ChatChunk, ToolCall } from '@nova-chat/client/protocol';
import { addToolCallDelta, type StreamedToolCall } from '@nova-chat/client/stream';
import { createCallId } from '../shared/create-call-id.js';

/** Puts the tool calls of a chunk right, in place. */
export type MendToolCalls = (chunk: ChatChunk) => void;

/**
 * Creates what puts the tool calls of one answer right, chunk after chunk: each fragment gets the `index` of its call,
 * and the first of a call an `id` and a `type`. Some servers leave them out (Mistral) or give every whole call the
 * index 0, and official clients refuse to read that.
 */
export function createToolCallMender(): MendToolCalls {
  const callsOf = new Map<number, StreamedToolCall[]>();
  return ({ choices }) => {
    for (const { index, delta } of choices) {
      if (!delta.tool_calls || delta.tool_calls.length === 0) continue;
      const calls = callsOf.get(index) ?? [];
      callsOf.set(index, calls);
      for (const [at, fragment] of delta.tool_calls.entries()) {
        const known = calls.length;
        fragment.index = addToolCallDelta(calls, fragment, at).index;
        if (calls.length === known) {
          // The first id counts. It is ours where the provider's came late, and some clients put repeated ones together.
          delete fragment.id;
        } else {
          fragment.id ||= createCallId();
          fragment.type ||= 'function';
        }
      }
    }
  };
}

/** Gives each call of a whole answer an `id` and a `type`, in place. Without an id its result cannot be sent back. */
export function mendWholeCalls(calls: readonly ToolCall[]): void {
  for (const call of calls) {
    call.id ||= createCallId();
    call.type ||= 'function';
  }
}
