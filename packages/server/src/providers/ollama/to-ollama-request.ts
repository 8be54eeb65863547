import type { ChatRequest } from '@nova-chat/client/protocol';
import { readJsonFormat } from '../shared/read-json-format.js';
import { readStop } from '../shared/read-stop.js';
import { readToolChoice, readTools } from '../shared/read-tools.js';
import { refuseFunctions } from '../shared/refuse-functions.js';
import { assertSingleChoice } from '../shared/single-choice.js';
import type { OllamaOptions, OllamaRequest, OllamaTool } from './ollama-wire.js';
import { toOllamaMessages } from './to-ollama-messages.js';

export interface OllamaRequestOptions {
  model: string;
  stream: boolean;
  /** The model has said that it cannot think. */
  cannotThink?: boolean;
}

/**
 * Converts a chat request to the body of `POST /api/chat`. Ollama cannot be made to call a tool: with `none` no tools
 * are sent, with one function named only that one, and `required` is `auto`. Members without an equivalent are left
 * out: `parallel_tool_calls`, `logit_bias`, `logprobs`, `user`. A conversation that is too long is to be refused, so that
 * nothing of it is lost in silence. Throws a caller error about what cannot be carried.
 */
export function toOllamaRequest(request: ChatRequest, options: OllamaRequestOptions): OllamaRequest {
  const { model, stream, cannotThink } = options;
  assertSingleChoice(request);
  refuseFunctions(request);
  const body: OllamaRequest = { model, messages: toOllamaMessages(request.messages), stream, truncate: false };
  const tools = toTools(request);
  if (tools.length > 0) body.tools = tools;
  const format = readJsonFormat(request);
  if (format) body.format = format.schema ?? 'json';
  const think = cannotThink ? undefined : toThink(request.reasoning_effort, model);
  if (think !== undefined) body.think = think;
  const own = toOptions(request);
  if (Object.keys(own).length > 0) body.options = own;
  return body;
}

function toTools(request: ChatRequest): OllamaTool[] {
  const choice = readToolChoice(request);
  if (choice === 'none') return [];
  return readTools(request)
    .filter(({ name }) => typeof choice !== 'object' || choice.name === name)
    .map(({ name, description, parameters }) => ({
      type: 'function',
      function: {
        name,
        ...(description ? { description } : {}),
        parameters: parameters ?? { type: 'object', properties: {} },
      },
    }));
}

/**
 * Without the member a model thinks if it can; with it, one that cannot answers 400. So do most models to a level:
 * gpt-oss alone has no other form (https://docs.ollama.com/capabilities/thinking).
 */
function toThink(effort: string | null | undefined, model: string): OllamaRequest['think'] {
  if (!effort) return undefined;
  if (effort === 'none') return false;
  if (!model.includes('gpt-oss')) return true;
  if (effort === 'medium') return 'medium';
  return effort === 'minimal' || effort === 'low' ? 'low' : 'high';
}

function toOptions(request: ChatRequest): OllamaOptions {
  const stop = readStop(request);
  const options: { [Member in keyof OllamaOptions]: OllamaOptions[Member] | null | undefined } = {
    num_predict: request.max_completion_tokens ?? request.max_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    seed: request.seed,
    stop: stop.length > 0 ? stop : undefined,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
  };
  const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined && value !== null;
  return Object.fromEntries(Object.entries(options).filter(isGiven));
}
