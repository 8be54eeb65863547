import type { ToolCall } from '@nova-chat/client/protocol';
import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';
import { parseExactJson } from './parse-exact-json.js';

/** A tool call of the conversation so far, its arguments as an object. */
export interface ToolCallInput {
  id: string;
  name: string;
  input: Record<string, unknown>;
}

/**
 * Reads a tool call of an assistant's message for a provider that takes its arguments only as an object. What a model
 * once wrote may be no object, or no JSON: then the text goes whole under `arguments`, so that the next model sees it.
 */
export function readToolCall(call: ToolCall, param: string): ToolCallInput {
  if (!isRecord(call.function) || typeof call.function.name !== 'string') {
    throw createCallerError({ message: `The provider takes only function calls at '${param}'.`, param });
  }
  const { name, arguments: text } = call.function;
  const input = parseExactJson(text.trim() || '{}');
  return { id: call.id, name, input: isRecord(input) ? input : { arguments: text } };
}
