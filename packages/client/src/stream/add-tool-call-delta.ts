import type { ToolCall, ToolCallDelta } from '../protocol/index.js';

/** A tool call of which fragments have come. Its `id` is the provider's, and empty until that has said one. */
export interface StreamedToolCall extends ToolCall {
  index: number;
}

/**
 * Adds a fragment to the call that it belongs to, or to a new one at the end of `calls`, and gives that call. Calls
 * whose `index` or `id` is missing, doubled or out of order are told apart; each gets an index of its own. `position`
 * is that of the fragment in its chunk.
 */
export function addToolCallDelta(calls: StreamedToolCall[], delta: ToolCallDelta, position = 0): StreamedToolCall {
  const { index, id, type, function: { name = '', arguments: args = '' } = {} } = delta;
  const isIndexed = Number.isInteger(index);
  let call = isIndexed ? calls.find((held) => held.index === index) : calls.at(-1);
  // Servers that send each call whole give all of them the index 0, or none.
  if (call?.id && id && call.id !== id) call = calls.find((held) => held.id === id);
  // A name behind a whole call begins the next one; some servers give it in two pieces, or with every piece.
  const { arguments: said, name: known } = call?.function ?? {};
  if (!isIndexed && !id && name && (position || (said && name !== known))) call = undefined;
  call ??= beginCall(calls, index);
  call.id ||= id ?? '';
  call.type = type || call.type;
  // Some servers repeat the whole name on every fragment.
  if (name !== call.function.name) call.function.name += name;
  call.function.arguments += args;
  return call;
}

function beginCall(calls: StreamedToolCall[], asked: number): StreamedToolCall {
  const isFree = Number.isInteger(asked) && calls.every(({ index }) => index !== asked);
  const index = isFree ? asked : calls.length;
  const call: StreamedToolCall = { index, id: '', type: 'function', function: { name: '', arguments: '' } };
  calls.push(call);
  return call;
}
