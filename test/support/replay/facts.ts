import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { Recording } from './recordings.js';

/** What is in an answer, whoever reads it. */
export interface Facts {
  text: string;
  reasoning: string;
  calls: { name: string; input: unknown }[];
  finishReason: string;
  usage: { input: number; output: number; cached: number } | undefined;
}

const messages = [{ role: 'user' as const, content: 'Hi' }];

/** Reads a stream with the `openai` package: its own helper puts the chunks together. */
export async function readWithOpenAi(baseURL: string, model: string): Promise<Facts> {
  const openai = new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0 });
  const stream = openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
  let reasoning = '';
  stream.on('chunk', ({ choices }) => {
    const delta = (choices[0]?.delta ?? {}) as Delta;
    reasoning += delta.reasoning_content ?? delta.reasoning ?? '';
  });
  const { choices, usage } = await stream.finalChatCompletion();
  const [choice] = choices;
  return {
    text: choice?.message.content ?? '',
    reasoning,
    calls: (choice?.message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function' ? [{ name: call.function.name, input: JSON.parse(call.function.arguments) }] : [],
    ),
    finishReason: choice?.finish_reason ?? '',
    usage: usage && {
      input: usage.prompt_tokens,
      output: usage.completion_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
    },
  };
}

/** Two names for one thing, neither of them OpenAI's. */
type Delta = ChatCompletionChunk['choices'][number]['delta'] & {
  reasoning_content?: string | null;
  reasoning?: string | null;
};

const stopReasons: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  refusal: 'content_filter',
};

/** Reads a stream with Anthropic's own package. */
export async function readWithAnthropic(baseURL: string, model: string): Promise<Facts> {
  const client = new Anthropic({ baseURL, apiKey: 'k', maxRetries: 0 });
  const {
    content,
    stop_reason: reason,
    usage,
  } = await client.messages.stream({ model, max_tokens: 10, messages }).finalMessage();
  const cached = usage.cache_read_input_tokens ?? 0;
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, input: block.input }] : [])),
    finishReason: stopReasons[reason ?? ''] ?? `${reason}`,
    usage: {
      input: usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0),
      output: usage.output_tokens,
      cached,
    },
  };
}

interface GeminiEvent {
  candidates?: {
    content?: { parts?: { text?: string; thought?: boolean; functionCall?: { name: string; args?: unknown } }[] };
    finishReason?: string;
  }[];
  usageMetadata?: Record<string, number | undefined>;
}

const geminiReasons: Record<string, string> = { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'content_filter' };

/** Says by Google's documentation what is in the bytes of a stream. */
export function readGemini({ body }: Recording): Facts {
  const events = parseLines<GeminiEvent>(body, /^data: /);
  const parts = events.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  const calls = parts.flatMap(({ functionCall: call }) => (call ? [{ name: call.name, input: call.args ?? {} }] : []));
  const reason = events.findLast(({ candidates }) => candidates?.[0]?.finishReason)?.candidates?.[0]?.finishReason;
  const usage = events.findLast(({ usageMetadata }) => usageMetadata)?.usageMetadata;
  return {
    text: parts.map(({ text = '', thought }) => (thought ? '' : text)).join(''),
    reasoning: parts.map(({ text = '', thought }) => (thought ? text : '')).join(''),
    calls,
    finishReason: calls.length > 0 ? 'tool_calls' : (geminiReasons[reason ?? ''] ?? `${reason}`),
    usage: usage && {
      input: usage['promptTokenCount'] ?? 0,
      // Thoughts are paid for like words.
      output: (usage['candidatesTokenCount'] ?? 0) + (usage['thoughtsTokenCount'] ?? 0),
      cached: usage['cachedContentTokenCount'] ?? 0,
    },
  };
}

interface OllamaLine {
  message?: {
    content?: string;
    thinking?: string;
    tool_calls?: { function: { name: string; arguments: unknown } }[];
  };
  done_reason?: string;
  prompt_eval_count?: number;
  eval_count?: number;
}

/** Says by Ollama's documentation what is in the bytes of a stream. */
export function readOllama({ body }: Recording): Facts {
  const lines = parseLines<OllamaLine>(body, /^/);
  const calls = lines.flatMap(({ message }) => message?.tool_calls ?? []).map(({ function: call }) => call);
  const last = lines.at(-1);
  return {
    text: lines.map(({ message }) => message?.content ?? '').join(''),
    reasoning: lines.map(({ message }) => message?.thinking ?? '').join(''),
    calls: calls.map(({ name, arguments: input }) => ({ name, input })),
    finishReason: calls.length > 0 ? 'tool_calls' : (last?.done_reason ?? ''),
    usage: { input: last?.prompt_eval_count ?? 0, output: last?.eval_count ?? 0, cached: 0 },
  };
}

function parseLines<T>(body: Uint8Array, prefix: RegExp): T[] {
  return Buffer.from(body)
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.replace(prefix, ''))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);
}
