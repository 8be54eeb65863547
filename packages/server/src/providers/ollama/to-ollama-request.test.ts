import type { ChatMessage, ChatRequest } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toOllamaRequest } from './to-ollama-request.js';

const hello: ChatMessage = { role: 'user', content: 'Hello' };
// Without the last member a server forgets the beginning of what is too long for it, and says nothing.
const least = { model: 'qwen3:8b', messages: [{ role: 'user', content: 'Hello' }], stream: true, truncate: false };
const schema = { type: 'object', properties: { city: { type: 'string' } } };
const weather = {
  type: 'function' as const,
  function: { name: 'weather', description: 'The weather', parameters: schema, strict: true },
};
const weatherTool = { type: 'function', function: { name: 'weather', description: 'The weather', parameters: schema } };
const clock = { type: 'function' as const, function: { name: 'clock' } };
const clockTool = { type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } };

const convert = (request: Partial<ChatRequest>): object =>
  toOllamaRequest({ messages: [hello], ...request }, { model: 'qwen3:8b', stream: true });
const call = (id: string, name: string, args: string) => ({
  id,
  type: 'function' as const,
  function: { name, arguments: args },
});

describe('toOllamaRequest', () => {
  it.each<[name: string, request: Partial<ChatRequest>, more: object]>([
    ['the least', { temperature: null, stop: null, user: 'u', tools: [] }, {}],
    [
      'options',
      { max_tokens: 5, temperature: 0, top_p: 0.5, seed: 7, stop: 'END', presence_penalty: 1, frequency_penalty: 2 },
      {
        options: {
          num_predict: 5,
          temperature: 0,
          top_p: 0.5,
          seed: 7,
          stop: ['END'],
          presence_penalty: 1,
          frequency_penalty: 2,
        },
      },
    ],
    ['max_completion_tokens first', { max_tokens: 5, max_completion_tokens: 7 }, { options: { num_predict: 7 } }],
    ['any JSON', { response_format: { type: 'json_object' } }, { format: 'json' }],
    [
      'a JSON Schema',
      { response_format: { type: 'json_schema', json_schema: { name: 's', schema } } },
      { format: schema },
    ],
    [
      'a JSON Schema that is missing',
      { response_format: { type: 'json_schema', json_schema: { name: 's' } } },
      { format: 'json' },
    ],
    ['tools', { tools: [weather, clock], tool_choice: 'auto' }, { tools: [weatherTool, clockTool] }],
    [
      'tools that have to be called as a choice',
      { tools: [weather], tool_choice: 'required' },
      { tools: [weatherTool] },
    ],
    ['no tools where none may be called', { tools: [weather], tool_choice: 'none' }, {}],
    [
      'only the tool that is chosen',
      { tools: [weather, clock], tool_choice: { type: 'function', function: { name: 'clock' } } },
      { tools: [clockTool] },
    ],
    ['no thinking', { reasoning_effort: 'none' }, { think: false }],
    ['thinking', { reasoning_effort: 'low' }, { think: true }],
  ])('carries %s', (_, request, more) => {
    expect(convert(request)).toEqual({ ...least, ...more });
  });

  it.each([
    ['none', false],
    ['minimal', 'low'],
    ['medium', 'medium'],
    ['xhigh', 'high'],
  ])('has levels of thinking for gpt-oss alone (%s)', (effort, think) => {
    const request = { messages: [hello], reasoning_effort: effort };
    const model = 'gpt-oss:20b';
    expect(toOllamaRequest(request, { model, stream: true }).think).toBe(think);
    expect(toOllamaRequest(request, { model, stream: true, cannotThink: true })).not.toHaveProperty('think');
  });

  it('converts every kind of message, in its place', () => {
    const messages: ChatMessage[] = [
      { role: 'developer', content: 'Be kind.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look:' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          { type: 'file', file: { file_data: 'data:image/png;base64,BBBB' } },
          { type: 'text', text: 'What is it?' },
        ],
      },
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'A sky.',
        tool_calls: [call('a', 'weather', '{"city":"Ulm"}'), call('b', 'clock', 'soon')],
      },
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'rain' }] },
      { role: 'tool', tool_call_id: 'unknown', content: '12' },
      { role: 'system', content: 'Be brief.' },
    ];
    expect(convert({ messages })).toMatchObject({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Look:\nWhat is it?', images: ['AAAA', 'BBBB'] },
        {
          role: 'assistant',
          content: '',
          thinking: 'A sky.',
          tool_calls: [
            { id: 'a', function: { name: 'weather', arguments: { city: 'Ulm' } } },
            { id: 'b', function: { name: 'clock', arguments: { arguments: 'soon' } } },
          ],
        },
        { role: 'tool', content: 'rain', tool_call_id: 'a', tool_name: 'weather' },
        { role: 'tool', content: '12', tool_call_id: 'unknown' },
        { role: 'system', content: 'Be brief.' },
      ],
    });
  });

  it.each<[name: string, request: Partial<ChatRequest>, param: string]>([
    ['several choices', { n: 2 }, 'n'],
    [
      'an image that is only linked',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.test/a.png' } }] }] },
      'messages[0].content[0].image_url.url',
    ],
    [
      'a file',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: '' },
              { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } },
            ],
          },
        ],
      },
      'messages[0].content[1]',
    ],
  ])('refuses %s', (_, request, param) => {
    expect(() => convert(request)).toThrow(
      expect.objectContaining({ code: 'bad_request', status: 400, body: expect.objectContaining({ param }) }),
    );
  });
});
