import type { ChatRequest, ToolDefinition } from '@nova-chat/client/protocol';
import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';

/** `function` of a tool definition. */
export type FunctionDefinition = ToolDefinition['function'];

/** Takes the functions out of a request's `tools`. Throws a caller error about tools of another type. */
export function readTools(request: ChatRequest): FunctionDefinition[] {
  return (request.tools ?? []).map((tool, index) => {
    if (tool.type === 'function' && isRecord(tool.function) && typeof tool.function.name === 'string') {
      return tool.function;
    }
    throw createCallerError({
      message: `The provider takes only tools of type 'function', not the one at 'tools[${index}]'.`,
      param: `tools[${index}]`,
    });
  });
}

/** A request's `tool_choice`, its object form reduced to the name of the function. */
export type ToolSelection = 'none' | 'auto' | 'required' | { name: string } | undefined;

/** Reads `tool_choice`. Throws a caller error about forms beyond OpenAI's chat completions. */
export function readToolChoice(request: ChatRequest): ToolSelection {
  const choice: unknown = request.tool_choice;
  if (choice === undefined || choice === null) return undefined;
  if (choice === 'none' || choice === 'auto' || choice === 'required') return choice;
  const named = isRecord(choice) && isRecord(choice['function']) ? choice['function']['name'] : undefined;
  if (typeof named === 'string') return { name: named };
  throw createCallerError({
    message: "The provider takes 'none', 'auto', 'required' or a function as 'tool_choice'.",
    param: 'tool_choice',
  });
}
