import type { ChatChunk, ToolCall, ToolCallDelta } from '@nova-chat/client/protocol';
import { createCallId } from '../shared/create-call-id.js';

/** Puts the tool calls of a chunk right, in place. */
export type MendToolCalls = (chunk: ChatChunk) => void;

interface Call {
  index: number;
  id: string;
  name: string;
  hasArguments: boolean;
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
      for (const [at, fragment] of delta.tool_calls.entries()) mendFragment(fragment, calls, at);
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

function mendFragment(fragment: ToolCallDelta, calls: Call[], at: number): void {
  const { index, id, function: { name = '', arguments: args = '' } = {} } = fragment;
  const isIndexed = Number.isInteger(index);
  let call = isIndexed ? calls.find((known) => known.index === index) : calls.at(-1);
  if (call && id && call.id !== id) call = calls.find((known) => known.id === id);
  // A name behind a whole call begins the next one; some servers give it in two pieces, or with every piece.
  const isNext = at > 0 || (call?.hasArguments && name !== call.name);
  if (!isIndexed && !id && name && isNext) call = undefined;
  if (!call) {
    const isFree = isIndexed && calls.every((known) => known.index !== index);
    call = { index: isFree ? index : calls.length, id: id || createCallId(), name: '', hasArguments: false };
    calls.push(call);
    fragment.id = call.id;
    fragment.type ||= 'function';
  }
  if (name !== call.name) call.name += name;
  call.hasArguments ||= args !== '';
  fragment.index = call.index;
}
