import type { ServerResponse } from 'node:http';
import { createPool } from '@nova-chat/client/node';
import type { ChatRequest } from '@nova-chat/client/protocol';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openStream, startUpstream, type Upstream } from '../../testing/start-upstream.js';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { createOpenAiProvider } from './openai-provider.js';

const pool = createPool();
let upstream: Upstream;
afterEach(() => upstream.stop());
afterAll(() => pool.close());

const call = { model: 'm', signal: new AbortController().signal, requestId: 'req_1' };
const messages: ChatRequest['messages'] = [{ role: 'user', content: 'hi' }];
const answer =
  'data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** A server that refuses requests by the given rule, in its own words. */
async function startStrict(refuse: (body: Record<string, unknown>) => [status: number, body: unknown] | undefined) {
  upstream = await startUpstream((response: ServerResponse, index: number) => {
    const refusal = refuse(upstream.requests[index]?.body as Record<string, unknown>);
    if (refusal) response.writeHead(refusal[0]).end(JSON.stringify(refusal[1]));
    else openStream(response).end(answer);
  });
  const provider = createOpenAiProvider({
    baseUrl: upstream.baseUrl,
    apiKey: 'k',
    models: ['m', 'other'],
    pool,
    timeouts: amplyTimed,
  });
  return async (request: ChatRequest, model: string = 'm'): Promise<string> => {
    let text = '';
    for await (const batch of provider.stream(request, { ...call, model })) {
      for (const { chunk } of batch) text += chunk.choices[0]?.delta.content ?? '';
    }
    return text;
  };
}

const forbid = (...loc: (string | number)[]): [number, unknown] => [
  422,
  { object: 'error', message: { detail: [{ type: 'extra_forbidden', loc, msg: 'Extra inputs are not permitted' }] } },
];

describe('a server that refuses', () => {
  it('stream_options is asked without them, from then on at once', async () => {
    const ask = await startStrict(({ stream_options: options }) =>
      options ? forbid('body', 'stream_options', 'include_usage') : undefined,
    );
    expect(await ask({ messages, stream_options: { include_usage: true } })).toBe('Hi');
    expect(await ask({ messages, temperature: 0.5 })).toBe('Hi');
    expect(upstream.requests.map(({ body }) => body)).toEqual([
      { model: 'm', messages, stream: true, stream_options: { include_usage: true } },
      { model: 'm', messages, stream: true },
      { model: 'm', messages, stream: true, temperature: 0.5 },
    ]);
  });

  it.each([
    ['max_tokens', 'max_completion_tokens'],
    ['max_completion_tokens', 'max_tokens'],
  ])('%s gets the same limit as %s, of that model only', async (name, other) => {
    const message = `Unsupported parameter: '${name}' is not supported with this model. Use '${other}' instead.`;
    const ask = await startStrict((body) =>
      body['model'] === 'm' && name in body
        ? [400, { error: { message, type: 'invalid_request_error', param: name, code: 'unsupported_parameter' } }]
        : undefined,
    );
    expect(await ask({ messages, [name]: 9 })).toBe('Hi');
    expect(await ask({ messages, [name]: 9 }, 'other')).toBe('Hi');
    expect(upstream.requests.map(({ body }) => body)).toMatchObject([{ [name]: 9 }, { [other]: 9 }, { [name]: 9 }]);
    expect(upstream.requests[1]?.body).not.toHaveProperty(name);
  });

  it('what other providers put into messages is asked without it, though it names one thing at a time', async () => {
    const history = [
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'hm',
        thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 's' }],
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content: { google: {} } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'ok' },
    ] as unknown as ChatRequest['messages'];
    const foreign = ['reasoning_content', 'thinking_blocks', 'extra_content'];
    const ask = await startStrict((body) => {
      const name = foreign.find((member) => JSON.stringify(body).includes(member));
      return name ? [400, { error: { message: `'messages.1' : property '${name}' is unsupported` } }] : undefined;
    });
    expect(await ask({ messages: history })).toBe('Hi');
    expect(upstream.requests).toHaveLength(4);
    expect(upstream.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user', content: 'hi' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'ok' },
      ],
    });
    expect(await ask({ messages: history })).toBe('Hi');
    expect(upstream.requests).toHaveLength(5);
  });

  it.each<[string, number, string]>([
    ["the caller's own wish", 400, "Unsupported value: 'temperature' is not supported with this model."],
    ['what must be there', 400, 'The reasoning_content in the thinking mode must be passed back to the API.'],
    ['what is said with another status', 500, "property 'stream_options' is unsupported"],
  ])('%s is asked once', async (_what, status, message) => {
    const ask = await startStrict(() => [status, { error: { message } }]);
    const asked: ChatRequest = { messages: [{ role: 'assistant', content: 'x', reasoning_content: 'hm' }] };
    await expect(ask({ ...asked, temperature: 0.5 })).rejects.toMatchObject({ status });
    expect(upstream.requests).toHaveLength(1);
  });

  it('tools beside reasoning is told not to reason, with tools only', async () => {
    const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'f' } }];
    const message =
      "Function tools with reasoning_effort are not supported for m in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.";
    const ask = await startStrict((body) =>
      body['tools'] && body['reasoning_effort'] !== 'none'
        ? [400, { error: { message, type: 'invalid_request_error', param: 'reasoning_effort', code: null } }]
        : undefined,
    );
    expect(await ask({ messages, tools })).toBe('Hi');
    expect(await ask({ messages, tools, reasoning_effort: 'high' })).toBe('Hi');
    expect(await ask({ messages, reasoning_effort: 'high' })).toBe('Hi');
    const efforts = upstream.requests.map(({ body }) => body['reasoning_effort']);
    expect(efforts).toEqual([undefined, 'none', 'none', 'high']);
  });

  it('both names of the limit is asked without one', async () => {
    const ask = await startStrict((body) => {
      const name = ['max_tokens', 'max_completion_tokens'].find((member) => member in body);
      return name ? forbid('body', name) : undefined;
    });
    expect(await ask({ messages, max_tokens: 9 })).toBe('Hi');
    expect(upstream.requests).toHaveLength(3);
  });
});
