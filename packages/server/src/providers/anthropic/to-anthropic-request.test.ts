import type { ChatMessage, ChatRequest, ToolDefinition } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { toAnthropicRequest } from './to-anthropic-request.js';

const hello: ChatMessage = { role: 'user', content: 'Hello' };
const helloTurn = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };
const weather = {
  type: 'function' as const,
  function: { name: 'weather', description: 'The weather', parameters: { properties: { city: { type: 'string' } } } },
};
const weatherTool = {
  name: 'weather',
  description: 'The weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } } },
};

function convert(request: Partial<ChatRequest>, model = 'claude-haiku-4-5'): Record<string, unknown> {
  return { ...toAnthropicRequest({ messages: [hello], ...request }, { model, stream: true }) };
}

function thrownBy(request: Partial<ChatRequest>): unknown {
  try {
    convert(request);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('toAnthropicRequest', () => {
  it('sends the least that Anthropic needs', () => {
    expect(convert({})).toEqual({ model: 'claude-haiku-4-5', max_tokens: 8192, messages: [helloTurn], stream: true });
  });

  it.each<[name: string, request: Partial<ChatRequest>, expected: Record<string, unknown>, model?: string]>([
    ['max_tokens', { max_tokens: 5 }, { max_tokens: 5 }],
    ['max_completion_tokens before max_tokens', { max_tokens: 5, max_completion_tokens: 7 }, { max_tokens: 7 }],
    ['temperature as it is', { temperature: 0.3 }, { temperature: 0.3 }],
    ['a temperature of OpenAI’s upper half as the highest', { temperature: 1.7 }, { temperature: 1 }],
    ['temperature and not top_p', { temperature: 0.3, top_p: 0.5 }, { temperature: 0.3, top_p: undefined }],
    ['top_p alone', { top_p: 0.5 }, { top_p: 0.5 }],
    ['no sampling to models that refuse it', { temperature: 0.3 }, { temperature: undefined }, 'claude-opus-4-8'],
    ['one stop', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['several stops, blank ones left out', { stop: ['END', '\n', ''] }, { stop_sequences: ['END'] }],
    ['no stops', { stop: [] }, { stop_sequences: undefined }],
    [
      'a user unrecognisable, because addresses are refused',
      { user: 'jane@example.com' },
      { metadata: { user_id: '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d' } },
    ],
    ['no empty user', { user: '' }, { metadata: undefined }],
    [
      'nothing that Anthropic does not know',
      { seed: 1, logit_bias: { 1: 2 } },
      { seed: undefined, logit_bias: undefined },
    ],
    ['tools', { tools: [weather] }, { tools: [weatherTool], tool_choice: undefined }],
    [
      'the marks of tools for the prompt cache, as LiteLLM and OpenRouter take them',
      {
        tools: [
          weather,
          { ...weather, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { ...weather, function: { ...weather.function, cache_control: { type: 'ephemeral' } } },
          { ...weather, cache_control: { type: 'other' } },
        ] as ToolDefinition[],
      },
      {
        tools: [
          weatherTool,
          { ...weatherTool, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { ...weatherTool, cache_control: { type: 'ephemeral' } },
          weatherTool,
        ],
      },
    ],
    [
      'the mark of the whole request, which Anthropic sets itself where it ends',
      { cache_control: { type: 'ephemeral' } },
      { cache_control: { type: 'ephemeral' } },
    ],
    ['no other mark', { cache_control: 'ephemeral' }, { cache_control: undefined }],
    ['no empty list of tools', { tools: [], parallel_tool_calls: false }, { tools: undefined, tool_choice: undefined }],
    [
      'a tool without parameters',
      { tools: [{ type: 'function', function: { name: 'clock' } }] },
      { tools: [{ name: 'clock', input_schema: { type: 'object', properties: {} } }] },
    ],
    ['tool_choice auto', { tools: [weather], tool_choice: 'auto' }, { tool_choice: { type: 'auto' } }],
    ['tool_choice none', { tools: [weather], tool_choice: 'none' }, { tool_choice: { type: 'none' } }],
    ['tool_choice required', { tools: [weather], tool_choice: 'required' }, { tool_choice: { type: 'any' } }],
    [
      'tool_choice of a function',
      { tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } },
      { tool_choice: { type: 'tool', name: 'weather' } },
    ],
    [
      'one call at a time',
      { tools: [weather], parallel_tool_calls: false },
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ],
    [
      'one call at a time, with none',
      { tools: [weather], tool_choice: 'none', parallel_tool_calls: false },
      { tool_choice: { type: 'none' } },
    ],
    [
      'effort as a budget, beside the room for the answer',
      { reasoning_effort: 'medium', temperature: 0.3 },
      { thinking: { type: 'enabled', budget_tokens: 8192 }, max_tokens: 16_384, temperature: undefined },
    ],
    [
      'effort as a budget within the caller’s limit',
      { reasoning_effort: 'high', max_tokens: 3000 },
      { thinking: { type: 'enabled', budget_tokens: 2999 }, max_tokens: 3000 },
    ],
    ['no budget below the least', { reasoning_effort: 'low', max_tokens: 1000 }, { thinking: undefined }],
    [
      'effort to newer models',
      { reasoning_effort: 'high' },
      { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } },
      'claude-opus-4-8',
    ],
    ['no effort', { reasoning_effort: 'none' }, { thinking: undefined, output_config: undefined }, 'claude-opus-4-8'],
    [
      'no effort to models that do not think',
      { reasoning_effort: 'high' },
      { thinking: undefined },
      'claude-3-opus-20240229',
    ],
    [
      'no thinking where a tool is forced',
      { reasoning_effort: 'high', tools: [weather], tool_choice: 'required' },
      { thinking: undefined },
    ],
    [
      'a forced tool to models that think unasked, without thinking',
      { tools: [weather], tool_choice: 'required' },
      { tool_choice: { type: 'any' }, thinking: { type: 'disabled' }, system: undefined },
      'claude-opus-5',
    ],
    [
      'a wish in words for a tool to models that cannot be forced',
      { tools: [weather], tool_choice: 'required', parallel_tool_calls: false },
      {
        tool_choice: { type: 'auto', disable_parallel_tool_use: true },
        system: 'Answer with a call of one of the tools, and nothing else.',
      },
      'claude-sonnet-5-5',
    ],
    [
      'a wish in words for one tool to models that cannot be forced',
      { tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } },
      { tool_choice: { type: 'auto' }, system: 'Answer with a call of the tool weather, and nothing else.' },
      'claude-fable-5',
    ],
    [
      'thoughts that come unasked, which tell who thinks from who is dead, and room for them',
      {},
      { max_tokens: 32_768, thinking: { type: 'adaptive', display: 'summarized' }, output_config: undefined },
      'claude-sonnet-5-5',
    ],
    ['room for thoughts that were asked for', { reasoning_effort: 'low' }, { max_tokens: 32_768 }, 'claude-sonnet-4-6'],
    [
      'the limit of the caller, thoughts included',
      { max_tokens: 4000 },
      { max_tokens: 4000, thinking: { type: 'adaptive', display: 'summarized' } },
      'claude-sonnet-5-5',
    ],
    [
      'no thoughts where a small limit leaves no room for them',
      { max_tokens: 90 },
      { max_tokens: 90, thinking: { type: 'between_tools' }, output_config: undefined },
      'claude-sonnet-5-5',
    ],
    ['the same to others', { max_tokens: 90 }, { max_tokens: 90, thinking: { type: 'disabled' } }, 'claude-haiku-5-5'],
    [
      'thoughts that were asked for, however small the limit',
      { max_tokens: 90, reasoning_effort: 'low' },
      { max_tokens: 90, thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'low' } },
      'claude-sonnet-5-5',
    ],
    [
      'no thinking before the answer to models that think only between tools then',
      { reasoning_effort: 'none' },
      { thinking: { type: 'between_tools' }, max_tokens: 8192, output_config: undefined },
      'claude-sonnet-5-5',
    ],
    [
      'no thinking to small models that think unasked',
      { reasoning_effort: 'none' },
      { thinking: { type: 'disabled' }, max_tokens: 8192 },
      'claude-haiku-5-5',
    ],
    [
      'the highest effort that a model knows',
      { reasoning_effort: 'xhigh' },
      { output_config: { effort: 'high' } },
      'claude-opus-4-6',
    ],
    ['a higher effort', { reasoning_effort: 'xhigh' }, { output_config: { effort: 'xhigh' } }, 'claude-opus-4-8'],
    [
      'no thinking to models that think unasked',
      { reasoning_effort: 'none' },
      { thinking: { type: 'disabled' }, max_tokens: 8192 },
      'claude-opus-5',
    ],
    [
      'as little thinking as can be to models that always think',
      { reasoning_effort: 'none' },
      { thinking: undefined, output_config: { effort: 'low' } },
      'claude-opus-5-5',
    ],
    [
      'text as the form of the answer',
      { response_format: { type: 'text' } },
      { output_config: undefined, system: undefined },
    ],
  ])('carries %s', (_, request, expected, model) => {
    expect(convert(request, model)).toMatchObject(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    );
    for (const [member, value] of Object.entries(expected)) {
      if (value === undefined) expect(convert(request, model)).not.toHaveProperty(member);
    }
  });

  it('gives a JSON Schema to models that hold to one, reduced to what they take', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        age: { type: 'integer', minimum: 0, description: 'In years.' },
        tags: { type: 'array', items: { type: 'object', properties: {} }, minItems: 2 },
        kind: {
          oneOf: [
            { type: 'string', format: 'email' },
            { type: 'string', format: 'iri' },
          ],
        },
      },
      required: ['age'],
    };
    const { output_config: config } = convert({
      response_format: { type: 'json_schema', json_schema: { name: 'p', schema } },
    });
    expect(config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: {
            age: { type: 'integer', description: 'In years. (minimum: 0)' },
            tags: {
              type: 'array',
              items: { type: 'object', properties: {}, additionalProperties: false },
              description: '(minItems: 2)',
            },
            kind: {
              anyOf: [
                { type: 'string', format: 'email' },
                { type: 'string', description: '(format: "iri")' },
              ],
            },
          },
          required: ['age'],
          additionalProperties: false,
        },
      },
    });
  });

  it('asks in words behind what is marked for the prompt cache', () => {
    const marked = { cache_control: { type: 'ephemeral' } };
    const messages = [{ role: 'system', content: 'Be kind.', ...marked }, hello] as ChatMessage[];
    expect(convert({ messages, response_format: { type: 'json_object' } })['system']).toEqual([
      { type: 'text', text: 'Be kind.', ...marked },
      { type: 'text', text: expect.stringMatching(/^Answer with one JSON object/) },
    ]);
  });

  it('asks in words for JSON where the model has no member for it', () => {
    const schema = { type: 'object' };
    const messages: ChatMessage[] = [{ role: 'system', content: 'Be kind.' }, hello];
    const asked = { messages, response_format: { type: 'json_schema' as const, json_schema: { name: 'p', schema } } };
    expect(convert({ messages, response_format: { type: 'json_object' } })['system']).toMatch(
      /^Be kind\.\n\nAnswer with one JSON object/,
    );
    expect(convert(asked, 'claude-3-7-sonnet-20250219')['system']).toMatch(/JSON Schema.*\n\{"type":"object"\}$/);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a map', { type: 'object', additionalProperties: { type: 'number' } }],
    ['a map beside properties', { type: 'object', properties: { a: {} }, additionalProperties: true }],
    ['names by pattern', { type: 'object', properties: {}, patternProperties: { '^x': { type: 'number' } } }],
    ['any object', { type: 'object' }],
    ['any object or null', { type: ['object', 'null'] }],
    ['a map in a list', { type: 'array', items: { type: 'object', additionalProperties: {} } }],
    ['a map in a definition', { $ref: '#/$defs/m', $defs: { m: { type: 'object', additionalProperties: {} } } }],
  ])('asks in words for a form with %s, which structured outputs have not', (_, scores) => {
    const schema = { type: 'object', properties: { scores }, required: ['scores'] };
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'p', schema } };
    const { system, output_config: config } = convert({ response_format });
    expect(config).toBeUndefined();
    expect(system).toContain(JSON.stringify(schema));
  });

  it.each<[string, Record<string, unknown>]>([
    ['properties of such names', { type: 'object', properties: { additionalProperties: { type: 'string' } } }],
    ['an object that is empty', { type: 'object', additionalProperties: false }],
    ['a closed object or null', { type: ['object', 'null'], properties: { a: { type: 'string' } } }],
  ])('holds the model to a form with %s', (_, scores) => {
    const schema = { type: 'object', properties: { scores } };
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'p', schema } };
    expect(convert({ response_format })['output_config']).toMatchObject({
      format: { schema: { properties: { scores: { ...scores, additionalProperties: false } } } },
    });
  });

  it.each<[name: string, request: Partial<ChatRequest>, param: string]>([
    ['several choices', { n: 2 }, 'n'],
    [
      'audio',
      {
        messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }] }],
      },
      'messages[0].content[0]',
    ],
    [
      'an image that is neither https nor data',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }] }] },
      'messages[0].content[0].image_url.url',
    ],
    ['tools of another type', { tools: [{ type: 'custom' } as never] }, 'tools[0]'],
    ['a tool_choice of another form', { tools: [weather], tool_choice: 'some' as never }, 'tool_choice'],
    ['a response_format of another form', { response_format: { type: 'grammar' } as never }, 'response_format'],
  ])('refuses %s', (_, request, param) => {
    const error = thrownBy(request);
    expect(error).toMatchObject({ code: 'bad_request', status: 400, retryable: false, body: { param } });
  });
});
