import OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { type Answer, type Ask, type RealClient, type Tool, toDataUrl } from './real-client.js';

/** The official `openai` package. */
export function createOpenAi(baseURL: string): RealClient {
  const { completions } = new OpenAI({ baseURL, apiKey: 'k', maxRetries: 0 }).chat;
  return {
    name: 'openai',
    async whole(ask) {
      const body = toBody(ask);
      const options = toOptions(ask);
      if (!ask.tool) return toAnswer(await completions.create(body, options), 1);
      const runner = completions.runTools({ ...body, tools: [toTool(ask.tool)] }, options);
      return toAnswer(await runner.finalChatCompletion(), 1);
    },
    async stream(ask) {
      const body = { ...toBody(ask), stream: true as const, stream_options: { include_usage: true } };
      const options = toOptions(ask);
      const runner = ask.tool
        ? completions.runTools({ ...body, tools: [toTool(ask.tool)] }, options)
        : completions.stream(body, options);
      let pieces = 0;
      runner.on('content', (text) => {
        pieces += 1;
        ask.onText?.(text);
      });
      return toAnswer(await runner.finalChatCompletion(), pieces);
    },
    toFailure: toOpenAiFailure,
  };
}

/** Says what an error of the `openai` package says. */
export function toOpenAiFailure(error: unknown): ReturnType<RealClient['toFailure']> {
  const known = error instanceof OpenAI.APIError ? error : undefined;
  return {
    type: error instanceof Error ? error.constructor.name : typeof error,
    status: known?.status,
    code: known?.code ?? undefined,
    param: known?.param ?? undefined,
    retryAfter: known?.headers?.get('retry-after') ?? undefined,
  };
}

function toBody({ model, system, question, image, schema, isJson }: Ask): ChatCompletionCreateParamsNonStreaming {
  const text = { type: 'text' as const, text: question };
  const picture = image && { type: 'image_url' as const, image_url: { url: toDataUrl(image) } };
  return {
    model,
    messages: [
      ...(system ? [{ role: 'system' as const, content: system }] : []),
      { role: 'user', content: picture ? [text, picture] : question },
    ],
    ...(schema ? { response_format: { type: 'json_schema', json_schema: { name: 'weather', schema } } } : {}),
    ...(isJson ? { response_format: { type: 'json_object' } } : {}),
  };
}

const toOptions = ({ signal }: Ask): { signal?: AbortSignal } => (signal ? { signal } : {});

const toTool = ({ name, description, parameters, run }: Tool) => ({
  type: 'function' as const,
  function: {
    name,
    description,
    parameters,
    parse: (text: string) => JSON.parse(text) as { city: string },
    function: ({ city }: { city: string }) => run(city),
  },
});

function toAnswer({ choices, usage }: ChatCompletion, pieces: number): Answer {
  return {
    text: choices[0]?.message.content ?? '',
    finishReason: choices[0]?.finish_reason ?? '',
    usage: {
      input: usage?.prompt_tokens ?? -1,
      output: usage?.completion_tokens ?? -1,
      cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    },
    pieces,
  };
}
