import type { ChatRequest } from '@nova-chat/client/protocol';
import { readJsonFormat } from '../shared/read-json-format.js';
import { readStop } from '../shared/read-stop.js';
import { readToolChoice, readTools } from '../shared/read-tools.js';
import { refuseFunctions } from '../shared/refuse-functions.js';
import { assertSingleChoice } from '../shared/single-choice.js';
import { type GeminiTraits, geminiTraits } from './gemini-traits.js';
import type { GeminiRequest, GenerationConfig } from './gemini-wire.js';
import { toGeminiContents } from './to-gemini-contents.js';

/** Budgets of thinking tokens for models up to 2.5, as Google's own OpenAI endpoint has them. */
const budgets: Record<string, number> = { none: 0, minimal: 1024, low: 1024, medium: 8192, high: 24_576 };
const levels: Record<string, string> = { low: 'LOW', medium: 'MEDIUM' };

export interface GeminiRequestOptions {
  /** The signatures that came back with the conversation were refused: they are left out. */
  dropsSignatures?: boolean;
}

/**
 * Converts a chat request to the body of `generateContent` and `streamGenerateContent`. Schemas of tools and of the
 * answer go as they are, in the members that take JSON Schema. Members without an equivalent are left out:
 * `parallel_tool_calls`, `logit_bias`, `logprobs`, `user`, and the penalties on models that refuse them. Throws a caller
 * error about what cannot be carried.
 */
export function toGeminiRequest(
  request: ChatRequest,
  model: string,
  options: GeminiRequestOptions = {},
): GeminiRequest {
  const traits = geminiTraits(model);
  if (!traits.choices) assertSingleChoice(request);
  refuseFunctions(request);
  const { system, contents } = toGeminiContents(request.messages, { ...traits, ...options });
  const body: GeminiRequest = { contents };
  if (system) body.systemInstruction = { parts: [{ text: system }] };
  setTools(body, request);
  const config = toGenerationConfig(request, traits);
  const thinkingConfig = toThinkingConfig(request.reasoning_effort, traits);
  if (thinkingConfig) config.thinkingConfig = thinkingConfig;
  if (Object.keys(config).length > 0) body.generationConfig = config;
  return body;
}

function setTools(body: GeminiRequest, request: ChatRequest): void {
  const tools = readTools(request);
  if (tools.length === 0) return;
  const functionDeclarations = tools.map(({ name, description, parameters }) => ({
    name,
    ...(description ? { description } : {}),
    ...(parameters ? { parametersJsonSchema: parameters } : {}),
  }));
  body.tools = [{ functionDeclarations }];
  const choice = readToolChoice(request);
  if (choice === undefined) return;
  body.toolConfig = {
    functionCallingConfig:
      typeof choice === 'object'
        ? { mode: 'ANY', allowedFunctionNames: [choice.name] }
        : { mode: choice === 'required' ? 'ANY' : choice === 'none' ? 'NONE' : 'AUTO' },
  };
}

function toGenerationConfig(request: ChatRequest, { penalties }: GeminiTraits): GenerationConfig {
  const stop = readStop(request);
  const format = readJsonFormat(request);
  const config: { [Member in keyof GenerationConfig]: GenerationConfig[Member] | null | undefined } = {
    temperature: request.temperature,
    topP: request.top_p,
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens,
    seed: request.seed,
    presencePenalty: penalties ? request.presence_penalty : undefined,
    frequencyPenalty: penalties ? request.frequency_penalty : undefined,
    candidateCount: (request.n ?? 1) > 1 ? request.n : undefined,
    stopSequences: stop.length > 0 ? stop : undefined,
    responseMimeType: format ? 'application/json' : undefined,
    responseJsonSchema: format?.schema,
  };
  const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined && value !== null;
  return Object.fromEntries(Object.entries(config).filter(isGiven));
}

/** Thoughts are shown only when effort was asked for: models that do not think answer 400 to either. */
function toThinkingConfig(
  effort: string | null | undefined,
  { thinking, leastLevel }: GeminiTraits,
): GenerationConfig['thinkingConfig'] {
  if (!effort || thinking === 'none') return undefined;
  const includeThoughts = effort !== 'none';
  if (thinking === 'level') {
    const isLeast = effort === 'none' || effort === 'minimal';
    return { includeThoughts, thinkingLevel: isLeast ? leastLevel : (levels[effort] ?? 'HIGH') };
  }
  return { includeThoughts, thinkingBudget: budgets[effort] ?? 24_576 };
}
