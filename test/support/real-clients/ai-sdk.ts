import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, isStepCount, jsonSchema, type ModelMessage, Output, streamText, tool } from 'ai';
import type { Answer, Ask, RealClient } from './real-client.js';

/** The AI SDK with its provider for servers like this one. */
export function createAiSdk(baseURL: string): RealClient {
  const provider = createOpenAICompatible({
    name: 'nova',
    baseURL,
    apiKey: 'k',
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const toOptions = (ask: Ask) => ({
    model: provider(ask.model),
    messages: toMessages(ask),
    ...(ask.system ? { instructions: ask.system } : {}),
    maxRetries: 0,
    stopWhen: isStepCount(3),
    ...(ask.signal ? { abortSignal: ask.signal } : {}),
    ...(ask.tool ? { tools: toTools(ask.tool) } : {}),
    ...(ask.schema ? { output: Output.object({ schema: jsonSchema(ask.schema) }) } : {}),
    ...(ask.isJson ? { output: Output.json() } : {}),
  });
  return {
    name: 'ai with @ai-sdk/openai-compatible',
    async whole(ask) {
      const { text, finishReason, usage } = await generateText(toOptions(ask));
      return toAnswer({ text, finishReason, usage, pieces: 1 });
    },
    async stream(ask) {
      let failure: { error: unknown } | undefined;
      const result = streamText({
        ...toOptions(ask),
        onError: ({ error }) => {
          failure ??= { error };
        },
      });
      let pieces = 0;
      for await (const piece of result.textStream) {
        pieces += 1;
        ask.onText?.(piece);
      }
      if (failure) throw failure.error;
      ask.signal?.throwIfAborted();
      const [text, finishReason, usage] = await Promise.all([result.text, result.finishReason, result.usage]);
      return toAnswer({ text, finishReason, usage, pieces });
    },
    toFailure(error) {
      const known = APICallError.isInstance(error) ? error : undefined;
      const body = known?.responseBody ? (JSON.parse(known.responseBody) as ErrorBody).error : undefined;
      return {
        type: error instanceof Error ? error.name : typeof error,
        status: known?.statusCode,
        code: body?.code,
        param: body?.param ?? undefined,
        retryAfter: known?.responseHeaders?.['retry-after'],
      };
    },
  };
}

interface ErrorBody {
  error: { code: string; param: string | null };
}

function toMessages({ question, image }: Ask): ModelMessage[] {
  const text = { type: 'text' as const, text: question };
  if (!image) return [{ role: 'user', content: [text] }];
  return [{ role: 'user', content: [text, { type: 'file', mediaType: 'image/png', data: image }] }];
}

function toTools({ name, description, parameters, run }: NonNullable<Ask['tool']>) {
  return {
    [name]: tool({
      description,
      inputSchema: jsonSchema<{ city: string }>(parameters),
      execute: ({ city }) => run(city),
    }),
  };
}

interface Result {
  text: string;
  finishReason: string;
  usage: {
    inputTokens: number | undefined;
    outputTokens: number | undefined;
    inputTokenDetails: { cacheReadTokens: number | undefined };
  };
  pieces: number;
}

function toAnswer({ text, finishReason, usage, pieces }: Result): Answer {
  return {
    text,
    finishReason,
    usage: {
      input: usage.inputTokens ?? -1,
      output: usage.outputTokens ?? -1,
      cached: usage.inputTokenDetails.cacheReadTokens ?? 0,
    },
    pieces,
  };
}
