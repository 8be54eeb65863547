import { hash } from 'node:crypto';
import type { ChatRequest } from '@nova-chat/client/protocol';
import { readJsonFormat } from '../shared/read-json-format.js';
import { readStop } from '../shared/read-stop.js';
import { type FunctionDefinition, readToolChoice, readTools } from '../shared/read-tools.js';
import { refuseFunctions } from '../shared/refuse-functions.js';
import { assertSingleChoice } from '../shared/single-choice.js';
import type {
  AnthropicMessage,
  AnthropicRequest,
  AnthropicTool,
  AnthropicToolChoice,
  TextBlock,
} from './anthropic-wire.js';
import { type ClaudeTraits, claudeTraits } from './claude-traits.js';
import { readCacheMark } from './read-cache-mark.js';
import { toAnthropicMessages } from './to-anthropic-messages.js';
import { hasOpenObjects, toAnthropicSchema } from './to-anthropic-schema.js';

export interface AnthropicRequestOptions {
  model: string;
  stream: boolean;
  /** `max_tokens` when the request has none: Anthropic needs one. Default 8192. */
  maxTokens?: number | undefined;
  /** The thinking that came back with the conversation was refused: it is left out. */
  dropsThinking?: boolean;
}

/** Budgets of thinking tokens for models that take no effort; the least that the API takes is 1024. */
const budgets: Record<string, number> = { minimal: 1024, low: 2048, medium: 8192, high: 16_384 };
const largestBudget = 24_576;
/** What is kept for thoughts of models that size them themselves, when the request limits nothing. */
const roomForThoughts = largestBudget;
/** Within a smaller limit of the caller's, thinking that was not asked for would leave no room for an answer. */
const leastRoom = 2048;

/**
 * Converts a chat request to the body of `POST /v1/messages`. Members without an equivalent are left out:
 * `presence_penalty`, `frequency_penalty`, `logit_bias`, `logprobs`, `seed`. A `json_schema` becomes
 * `output_config.format`; `json_object`, a schema with open objects, and any schema on a model without that, becomes an
 * instruction. Throws a caller error about what cannot be carried. A model that always thinks cannot be forced to call
 * a tool: it is told to in words
 * (https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#forced-tool-use-is-not-supported).
 */
export function toAnthropicRequest(request: ChatRequest, options: AnthropicRequestOptions): AnthropicRequest {
  const { model, stream, maxTokens = 8192, dropsThinking = false } = options;
  assertSingleChoice(request);
  refuseFunctions(request);
  const traits = claudeTraits(model);
  const { system, messages } = toAnthropicMessages(
    dropsThinking ? request.messages.map((message) => ({ ...message, thinking_blocks: undefined })) : request.messages,
    traits.prefill,
  );
  const body: AnthropicRequest = { model, max_tokens: 0, messages, stream };
  const wish = setTools(body, request, traits.thinks !== 'always');
  const instruction = setFormat(body, request, traits.schema);
  const top = withInstructions(system, [wish, instruction]);
  if (top.length > 0) body.system = top;
  const asked = request.max_completion_tokens ?? request.max_tokens;
  body.max_tokens = asked ?? maxTokens;
  setThinking(body, { effort: request.reasoning_effort, traits, asked });
  if (traits.sampling && !body.thinking) setSampling(body, request);
  // A stop sequence of white space only is refused.
  const stop = readStop(request).filter((text) => text.trim() !== '');
  if (stop.length > 0) body.stop_sequences = stop;
  // Addresses and telephone numbers are refused (https://platform.claude.com/docs/en/api/messages#body-metadata-user-id).
  if (request.user) body.metadata = { user_id: hash('sha256', request.user) };
  const mark = readCacheMark(request);
  if (mark) body.cache_control = mark;
  return body;
}

function withInstructions(system: string | TextBlock[], instructions: string[]): string | TextBlock[] {
  const words = instructions.filter((text) => text !== '').join('\n\n');
  if (typeof system === 'string') return [system, words].filter((text) => text !== '').join('\n\n');
  return words ? [...system, { type: 'text', text: words }] : system;
}

/** Gives what has to be said in words: that a tool is to be called, to a model that cannot be forced. */
function setTools(body: AnthropicRequest, request: ChatRequest, canForce: boolean): string {
  const tools = readTools(request);
  if (tools.length === 0) return '';
  body.tools = tools.map((tool, index) => toAnthropicTool(tool, request.tools?.[index]));
  const single = request.parallel_tool_calls === false;
  const choice = toToolChoice(readToolChoice(request) ?? (single ? 'auto' : undefined));
  if (!choice) return '';
  const isForced = choice.type === 'any' || choice.type === 'tool';
  const taken: AnthropicToolChoice = isForced && !canForce ? { type: 'auto' } : choice;
  body.tool_choice = single && taken.type !== 'none' ? { ...taken, disable_parallel_tool_use: true } : taken;
  if (taken === choice) return '';
  return `Answer with a call of ${choice.type === 'tool' ? `the tool ${choice.name}` : 'one of the tools'}, and nothing else.`;
}

function toAnthropicTool(tool: FunctionDefinition, given: unknown): AnthropicTool {
  const { name, description, parameters } = tool;
  // LiteLLM takes the mark in either place.
  const mark = readCacheMark(given) ?? readCacheMark(tool);
  return {
    name,
    ...(description ? { description } : {}),
    input_schema: { ...(parameters ?? { properties: {} }), type: 'object' },
    ...(mark ? { cache_control: mark } : {}),
  };
}

function toToolChoice(choice: ReturnType<typeof readToolChoice>): AnthropicToolChoice | undefined {
  if (choice === undefined) return undefined;
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}

/** Sets the form of the answer where the API has it; gives the instruction that does it otherwise, or an empty text. */
function setFormat(body: AnthropicRequest, request: ChatRequest, hasSchemas: boolean): string {
  const format = readJsonFormat(request);
  if (!format) return '';
  const { schema } = format;
  if (!schema) return 'Answer with one JSON object and nothing else: no code fence, no words around it.';
  if (!hasSchemas || hasOpenObjects(schema)) {
    const text = JSON.stringify(schema);
    return `Answer with JSON that is valid against this JSON Schema, and nothing else: no code fence.\n${text}`;
  }
  body.output_config = { format: { type: 'json_schema', schema: toAnthropicSchema(schema) } };
  return '';
}

interface ThinkingWish {
  effort: string | null | undefined;
  traits: Pick<ClaudeTraits, 'thinking' | 'thinks' | 'off' | 'xhigh'>;
  /** The caller's own limit of tokens, thinking included. */
  asked: number | null | undefined;
}

/**
 * Turns thinking on where it was asked for and cannot break the request: a forced tool and a prefill exclude it. Of a model
 * that thinks unasked the thoughts are shown: in silence it could not be told from one that is dead.
 */
function setThinking(body: AnthropicRequest, { effort, traits, asked }: ThinkingWish): void {
  const isForced = body.tool_choice?.type === 'any' || body.tool_choice?.type === 'tool';
  if (traits.thinking === 'adaptive') {
    const isUnasked = traits.thinks !== 'asked';
    const isCramped = !effort && isUnasked && asked && asked < leastRoom;
    if (isForced || effort === 'none' || isCramped || !(effort || isUnasked)) {
      if (traits.off) body.thinking = { type: traits.off };
      if (traits.off || !isUnasked) return;
    }
    if (effort !== 'none') body.thinking = { type: 'adaptive', display: 'summarized' };
    if (effort) body.output_config = { ...body.output_config, effort: toEffort(effort, traits.xhigh) };
    if (!asked) body.max_tokens += roomForThoughts;
    return;
  }
  if (!effort || effort === 'none' || traits.thinking === 'none') return;
  if (isForced || body.messages.at(-1)?.role === 'assistant') return;
  const wanted = budgets[effort] ?? largestBudget;
  const budget = asked ? Math.min(wanted, asked - 1) : wanted;
  if (budget < 1024 || hasUnsignedCalls(body.messages)) return;
  body.thinking = { type: 'enabled', budget_tokens: budget };
  if (!asked) body.max_tokens += budget;
}

function toEffort(effort: string, hasXhigh: boolean): string {
  if (effort === 'xhigh' && !hasXhigh) return 'high';
  return effort === 'minimal' || effort === 'none' ? 'low' : effort;
}

/** With a budget, the tool calls being answered must come back with the thinking that led to them. */
function hasUnsignedCalls(messages: readonly AnthropicMessage[]): boolean {
  const isAnswering = messages.at(-1)?.content[0]?.type === 'tool_result';
  if (!isAnswering) return false;
  const first = messages.at(-2)?.content[0]?.type;
  return first !== 'thinking' && first !== 'redacted_thinking';
}

/** OpenAI's range is 0 to 2, Anthropic's 0 to 1; newer of these models refuse `temperature` and `top_p` together. */
function setSampling(body: AnthropicRequest, request: ChatRequest): void {
  const { temperature, top_p: topP } = request;
  if (typeof temperature === 'number') body.temperature = Math.min(temperature, 1);
  else if (typeof topP === 'number') body.top_p = topP;
}
