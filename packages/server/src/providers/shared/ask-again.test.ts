import { createPool } from '@nova-chat/client/node';
import type { ChatRequest } from '@nova-chat/client/protocol';
import { afterAll, expect, it } from 'vitest';
import { startUpstream } from '../../testing/start-upstream.js';
import { createAnthropicProvider } from '../anthropic/anthropic-provider.js';
import { createGeminiProvider } from '../gemini/gemini-provider.js';
import { createOllamaProvider } from '../ollama/ollama-provider.js';
import { amplyTimed } from './testing/amply-timed.js';
import { readFixture } from './testing/vendor-cases.js';

const pool = createPool();
afterAll(() => pool.close());

const creators = { anthropic: createAnthropicProvider, gemini: createGeminiProvider, ollama: createOllamaProvider };
const models = { anthropic: 'claude-sonnet-5-5', gemini: 'gemini-3-flash', ollama: 'llama3.2' };

/** Asks a server that refuses whatever has the member; gives what it was asked. */
async function askStrict(
  vendor: 'anthropic' | 'gemini' | 'ollama',
  { member, message, requests }: { member: string; message: string; requests: ChatRequest[] },
): Promise<unknown[]> {
  const upstream = await startUpstream((response) => {
    const isRefused = JSON.stringify(upstream.requests.at(-1)?.body).includes(member);
    const error = { type: 'error', error: vendor === 'ollama' ? message : { type: 'invalid_request_error', message } };
    const body = isRefused
      ? JSON.stringify(error)
      : readFixture(vendor, vendor === 'anthropic' ? 'message.json' : 'response.json');
    response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' }).end(body);
  });
  const model = models[vendor];
  const options = { baseUrl: upstream.url, apiKey: 'k', models: [model], pool, timeouts: amplyTimed };
  const provider = creators[vendor](options);
  const call = { model, signal: new AbortController().signal, requestId: 'r' };
  try {
    for (const request of requests) await provider.complete(request, call);
  } finally {
    await upstream.stop();
  }
  return upstream.requests.map(({ body }) => body);
}

it('asks a model that cannot think without thinking, from then on at once', async () => {
  const request: ChatRequest = { messages: [{ role: 'user', content: 'hi' }], reasoning_effort: 'low' };
  const message = '"llama3.2" does not support thinking';
  const asked = await askStrict('ollama', { member: '"think"', message, requests: [request, request] });
  expect(asked.map((body) => (body as { think?: unknown }).think)).toEqual([true, undefined, undefined]);
});

it('leaves thinking out that the model refuses, of that request only', async () => {
  const blocks = [{ type: 'thinking', thinking: 'hm', signature: 'stale' }];
  const call = { id: 'toolu_1', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
  const create = (): ChatRequest => ({
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: null, tool_calls: [call], thinking_blocks: blocks } as ChatRequest['messages'][0],
      { role: 'tool', tool_call_id: 'toolu_1', content: 'ok' },
    ],
  });
  const message = 'messages.1.content.0: Invalid `signature` in `thinking` block';
  const asked = await askStrict('anthropic', { member: 'stale', message, requests: [create(), create()] });
  const types = asked.map(
    (body) => (body as { messages: { content: { type: string }[] }[] }).messages[1]?.content[0]?.type,
  );
  expect(types).toEqual(['thinking', 'tool_use', 'thinking', 'tool_use']);
});

it.each(['Corrupted thought signature.', 'Invalid thought_signature at contents[1].'])(
  'leaves signatures of another model out, of that request only: %s',
  async (message) => {
    const extra_content = { google: { thought_signature: 'stale' } };
    const toCall = (id: string) => ({
      id,
      type: 'function' as const,
      function: { name: 'f', arguments: '{}' },
      extra_content,
    });
    const create = (): ChatRequest => ({
      messages: [
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: null, tool_calls: [toCall('a'), toCall('b')] },
        { role: 'tool', tool_call_id: 'a', content: 'ok' },
        { role: 'tool', tool_call_id: 'b', content: 'ok' },
      ],
    });
    const asked = await askStrict('gemini', { member: 'stale', message, requests: [create(), create()] });
    const signatures = asked.map((body) =>
      (body as { contents: { parts: { thoughtSignature?: string }[] }[] }).contents[1]?.parts.map(
        ({ thoughtSignature }) => thoughtSignature,
      ),
    );
    const mended = ['skip_thought_signature_validator', undefined];
    expect(signatures).toEqual([['stale', 'stale'], mended, ['stale', 'stale'], mended]);
  },
);

it('does not ask Gemini again about a signature that it was not given', async () => {
  const call = { id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
  const request: ChatRequest = {
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'ok' },
    ],
  };
  const refused = { member: 'contents', message: 'Function call is missing a thought_signature.', requests: [request] };
  await expect(askStrict('gemini', refused)).rejects.toMatchObject({ status: 400 });
});
