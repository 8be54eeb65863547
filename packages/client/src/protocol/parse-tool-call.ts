import type { ToolCall } from './chat-request.js';
import { parseJson } from './parse-json.js';

/** A whole tool call, its arguments read. */
export interface ParsedToolCall {
  id: string;
  name: string;
  /** As the model wrote it. */
  arguments: string;
  /** The value of `arguments`; undefined when it is not JSON. No arguments at all read as `{}`. */
  input: unknown;
}

/** Reads the arguments of a tool call. Never throws: models write JSON that does not parse. */
export function parseToolCall(call: ToolCall): ParsedToolCall {
  const { name, arguments: text } = call.function;
  return { id: call.id, name, arguments: text, input: parseJson(text.trim() || '{}') };
}
