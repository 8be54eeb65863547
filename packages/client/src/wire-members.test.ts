import { expect, it } from 'vitest';
import { createClient } from './create-client.js';
import type { ChatRequest } from './protocol/index.js';
import { createScriptedTransport } from './testing/create-scripted-transport.js';

const request: ChatRequest = {
  model: 'm',
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } }] },
    { role: 'assistant', tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] },
    { role: 'tool', content: '1', tool_call_id: 't' },
  ],
  tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true } }],
  tool_choice: { type: 'function', function: { name: 'f' } },
  response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } },
  logprobs: true,
  top_logprobs: 2,
  stream_options: { include_usage: true },
  top_k: 40,
};
const logprobs = { content: [{ token: 'a', logprob: -1, bytes: null, top_logprobs: [] }] };
const head = { id: 'c', created: 1, model: 'm', x_server: { a: 1 } };
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, x_cost: 5 };

it('sends and keeps the members that it does not know, in one piece', async () => {
  const message = { role: 'assistant', content: 'a', refusal: null, x_mood: 'kind' };
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs }];
  const completion = { ...head, object: 'chat.completion', choices, usage };
  const transport = createScriptedTransport([
    { headers: { 'content-type': 'application/json' }, body: [JSON.stringify(completion)] },
  ]);
  expect(await createClient({ baseUrl: '', transport }).chat.create(request)).toEqual(completion);
  expect(JSON.parse(transport.requests[0]?.body ?? '')).toEqual({ ...request, stream: false });
});

it('sends and keeps the members that it does not know, in a stream', async () => {
  const chunks = [
    { ...head, choices: [{ index: 0, delta: { content: 'a', x_mood: 'kind' }, finish_reason: null, logprobs }] },
    { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage },
  ];
  const transport = createScriptedTransport([{ body: chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`) }]);
  const { completion } = await createClient({ baseUrl: '', transport }).chat.stream(request).result();
  expect(completion).toMatchObject({
    ...head,
    choices: [{ message: { content: 'a', x_mood: 'kind' }, finish_reason: 'stop', logprobs }],
    usage,
  });
  expect(JSON.parse(transport.requests[0]?.body ?? '')).toEqual({ ...request, stream: true });
});
