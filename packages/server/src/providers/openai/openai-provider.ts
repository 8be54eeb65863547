import type { Pool } from '@nova-chat/client/node';
import type { ChatChunk, ChatRequest } from '@nova-chat/client/protocol';
import { guardBody, NovaError, readChat, readText } from '@nova-chat/client/stream';
import type { Provider, ProviderCall } from '../provider.js';
import { fromOpenAiCompletion } from './from-openai-completion.js';
import { toOpenAiError } from './openai-error.js';
import { toOpenAiRequest } from './to-openai-request.js';

export interface OpenAiProviderOptions {
  /** Default `openai`. */
  name?: string;
  /** Without a slash at the end. */
  baseUrl: string;
  apiKey: string | undefined;
  /** The first is the default. */
  models: readonly string[];
  pool: Pick<Pool, 'send'>;
  /** In ms. A whole answer has no first event: only `totalMs` limits it. */
  timeouts: { headersMs: number; firstEventMs: number; idleMs: number; totalMs: number };
}

type Response = Awaited<ReturnType<Pool['send']>>;

const maxErrorBytes = 65_536;
const errorBodyMs = 5_000;
const maxAnswerBytes = 16_777_216;

/** Creates the provider of a server that speaks OpenAI's chat completions. Nothing of the caller's headers is sent. */
export function createOpenAiProvider(options: OpenAiProviderOptions): Provider {
  const { name = 'openai', models, timeouts } = options;
  return {
    name,
    models,
    continues: true,
    async *stream(request, call): AsyncGenerator<ChatChunk> {
      const body = toOpenAiRequest(request, { model: call.model, stream: true });
      const response = await post(body, call, { ...options, headersMs: timeouts.headersMs });
      const reader = readChat(response, { times: timeouts, choices: request.n ?? 1 });
      const total = setTimeout(() => reader.fail(totalTimeout(timeouts.totalMs)), timeouts.totalMs);
      try {
        for await (const batch of reader) for (const chunk of batch) yield chunk;
      } finally {
        clearTimeout(total);
      }
    },
    async complete(request, call) {
      const body = toOpenAiRequest(request, { model: call.model, stream: false });
      const response = await post(body, call, { ...options, headersMs: timeouts.totalMs });
      const text = await readWithin(response, { ms: timeouts.totalMs, maxBytes: maxAnswerBytes });
      return fromOpenAiCompletion(text ?? '');
    },
  };
}

async function post(
  request: ChatRequest,
  call: ProviderCall,
  { baseUrl, apiKey, pool, headersMs }: OpenAiProviderOptions & { headersMs: number },
): Promise<Response> {
  const response = await pool.send({
    method: 'POST',
    url: `${baseUrl}/chat/completions`,
    headers: {
      'content-type': 'application/json',
      accept: request.stream ? 'text/event-stream' : 'application/json',
      // A compressed stream is held back until the compressor has a block together.
      'accept-encoding': 'identity',
      'x-client-request-id': call.requestId,
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    },
    body: JSON.stringify(request),
    signal: call.signal,
    headersTimeoutMs: headersMs,
  });
  const { status, headers } = response;
  if (status >= 200 && status < 300) return response;
  // A body that does not come changes nothing about the status.
  const text = await readWithin(response, { ms: errorBodyMs, maxBytes: maxErrorBytes }).catch(() => '');
  throw toOpenAiError({ status, headers, text: text ?? '', apiKey });
}

async function readWithin(
  response: Response,
  { ms, maxBytes }: { ms: number; maxBytes: number },
): Promise<string | undefined> {
  const guard = guardBody(response.body, () => response.cancel());
  const timer = setTimeout(() => guard.fail(totalTimeout(ms)), ms);
  try {
    return await readText(guard.body, maxBytes);
  } finally {
    clearTimeout(timer);
  }
}

function totalTimeout(ms: number): NovaError {
  return new NovaError({ code: 'total_timeout', message: `The answer was not whole after ${ms} ms.` });
}
