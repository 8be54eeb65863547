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
const limits = ['max_tokens', 'max_completion_tokens'];
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

  it('both names of the limit is not asked without a limit', async () => {
    const ask = await startStrict((body) => {
      const name = limits.find((member) => member in body);
      return name ? forbid('body', name) : undefined;
    });
    await expect(ask({ messages, max_tokens: 9 })).rejects.toMatchObject({ status: 422 });
    expect(upstream.requests.map(({ body }) => limits.filter((name) => name in body))).toEqual([
      ['max_tokens'],
      ['max_completion_tokens'],
    ]);
  });

  it('both limits at once is asked with one, and the limits of others stay', async () => {
    const message =
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported. Please use 'max_completion_tokens' instead.";
    const ask = await startStrict((body) =>
      limits.every((name) => name in body)
        ? [
            400,
            { error: { message, type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' } },
          ]
        : undefined,
    );
    expect(await ask({ messages, max_tokens: 8, max_completion_tokens: 9 })).toBe('Hi');
    expect(await ask({ messages, max_tokens: 50 })).toBe('Hi');
    expect(await ask({ messages, max_completion_tokens: 60 })).toBe('Hi');
    expect(await ask({ messages, max_tokens: 8, max_completion_tokens: null })).toBe('Hi');
    expect(upstream.requests.map(({ body }) => limits.map((name) => body[name]))).toEqual([
      [8, 9],
      [undefined, 9],
      [50, undefined],
      [undefined, 60],
      [8, undefined],
    ]);
  });

  it('a limit for what one caller wrote elsewhere takes it from others again', async () => {
    const ask = await startStrict((body) => {
      if ('max_completion_tokens' in body) return forbid('body', 'max_completion_tokens');
      return JSON.stringify(body).includes('odd')
        ? [422, { detail: [{ msg: 'Extra inputs are not permitted', input: 'max_tokens' }] }]
        : undefined;
    });
    const odd = messages.map((message) => ({ ...message, odd: 'max_tokens' }));
    await expect(ask({ messages: odd, max_tokens: 9 })).rejects.toMatchObject({ status: 422 });
    expect(await ask({ messages, max_tokens: 50 })).toBe('Hi');
    expect(upstream.requests.at(-1)?.body).toMatchObject({ max_tokens: 50 });
  });

  it.each([
    ['an effort', "Unsupported value: 'reasoning_effort' does not support 'odd' with this model."],
    ['any effort', "'reasoning_effort' is not supported with this model"],
  ])('%s leaves the tools of others alone', async (_what, message) => {
    const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'f' } }];
    const ask = await startStrict(({ reasoning_effort: effort }) =>
      effort === undefined ? undefined : [400, { error: { message } }],
    );
    await expect(ask({ messages, tools, reasoning_effort: 'odd' })).rejects.toMatchObject({ status: 400 });
    expect(await ask({ messages, tools })).toBe('Hi');
  });

  it.each(['call_PTLP8xhu3uwZk4l3nlnrrJha', 'turn1_0', 'toolu_01'])(
    'ids of calls like %s gets some of its own',
    async (id) => {
      const ask = await startStrict(({ messages: asked }) => {
        const ids = JSON.stringify(asked).matchAll(/"(?:id|tool_call_id)":"(.*?)"/g);
        const bad = [...ids].find(([, one]) => !/^[a-zA-Z0-9]{9}$/.test(one ?? ''));
        const message = `Tool call id was ${bad?.[1]} but must be a-z, A-Z, 0-9, with a length of 9.`;
        return bad
          ? [400, { object: 'error', message, type: 'invalid_function_call', param: null, code: '3280' }]
          : undefined;
      });
      const toCall = (own: string) => ({
        id: own,
        type: 'function' as const,
        function: { name: 'f', arguments: '{}' },
      });
      const request: ChatRequest = {
        messages: [
          ...messages,
          { role: 'assistant', content: null, tool_calls: [toCall(id), toCall('abcDEF123')] },
          { role: 'tool', tool_call_id: id, content: 'a' },
          { role: 'tool', tool_call_id: 'abcDEF123', content: 'b' },
        ],
      };
      expect([await ask(request), await ask(request)]).toEqual(['Hi', 'Hi']);
      expect(upstream.requests).toHaveLength(3);
      const [, , { messages: asked = [] } = {}] = upstream.requests.map(({ body }) => body as unknown as ChatRequest);
      const [, assistant, first, second] = asked as { tool_calls?: { id: string }[]; tool_call_id?: string }[];
      expect(assistant?.tool_calls?.map((one) => one.id)).toEqual([first?.tool_call_id, 'abcDEF123']);
      expect(second?.tool_call_id).toBe('abcDEF123');
    },
  );

  it('an effort whose name says otherwise leaves the tools of others alone again', async () => {
    const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'f' } }];
    const ask = await startStrict(({ reasoning_effort: effort }) =>
      effort === undefined
        ? undefined
        : [400, { error: { message: `Unsupported value: 'reasoning_effort' does not support '${String(effort)}'.` } }],
    );
    await expect(ask({ messages, tools, reasoning_effort: 'none of the tools' })).rejects.toMatchObject({
      status: 400,
    });
    expect(await ask({ messages, tools })).toBe('Hi');
  });

  it('what callers make up still does without what providers put there', async () => {
    const ask = await startStrict((body) => {
      const [message] = body['messages'] as Record<string, unknown>[];
      const foreign = Object.keys(message ?? {}).filter((name) => name !== 'role' && name !== 'content');
      if (foreign.length > 0) return [400, { error: { message: `unsupported: ${foreign.join(', ')}` } }];
      return body['stream_options'] ? [400, { error: { message: 'unsupported: stream_options' } }] : undefined;
    });
    const withMembers = (names: string[]): ChatRequest => ({
      messages: [{ role: 'user', content: 'hi', ...Object.fromEntries(names.map((name) => [name, 1])) }],
    });
    const madeUp = Array.from({ length: 100 }, (_, index) => `made_up_${index}`);
    expect(await ask(withMembers(madeUp.slice(0, 64)))).toBe('Hi');
    await expect(ask(withMembers(madeUp.slice(64)))).rejects.toMatchObject({ status: 400 });
    expect(await ask(withMembers(['reasoning_content']))).toBe('Hi');
  });
});
