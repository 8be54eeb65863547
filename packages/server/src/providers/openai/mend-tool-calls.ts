import { randomUUID } from 'node:crypto';
import type { ChatChunk, ToolCall, ToolCallDelta } from '@nova-chat/client/protocol';

/** Puts the tool calls of a chunk right, in place. */
export type MendToolCalls = (chunk: ChatChunk) => void;

interface Call {
  index: number;
  id: string;
}

/**
 * Creates what puts the tool calls of one answer right, chunk after chunk: each fragment gets the `index` of its call,
 * and the first of a call an `id` and a `type`. Some servers leave them out (Mistral) or give every whole call the
 * index 0, and official clients refuse to read that.
 */
export function createToolCallMender(): MendToolCalls {
  const callsOf = new Map<number, Call[]>();
  return ({ choices }) => {
    for (const { index, delta } of choices) {
      if (!delta.tool_calls || delta.tool_calls.length === 0) continue;
      const calls = callsOf.get(index) ?? [];
      callsOf.set(index, calls);
      for (const fragment of delta.tool_calls) mendFragment(fragment, calls);
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

function createCallId(): string {
  return `call_${randomUUID()}`;
}

function mendFragment(fragment: ToolCallDelta, calls: Call[]): void {
  const { index, id } = fragment;
  let call = Number.isInteger(index) ? calls.find((known) => known.index === index) : calls.at(-1);
  if (call && id && call.id !== id) call = calls.find((known) => known.id === id);
  if (!call) {
    const isFree = Number.isInteger(index) && calls.every((known) => known.index !== index);
    call = { index: isFree ? index : calls.length, id: id || createCallId() };
    calls.push(call);
    fragment.id = call.id;
    fragment.type ||= 'function';
  }
  fragment.index = call.index;
}
