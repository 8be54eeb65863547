import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.js';
import { parseChatRequest } from './parse-chat-request.js';

const user = { role: 'user', content: 'hi' };

function errorOf(body: unknown): ApiError {
  try {
    parseChatRequest(body);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('the body was taken');
}

describe('parseChatRequest', () => {
  it.each<[string, unknown, string, string | null]>([
    ['a body that is an array', [], 'invalid_type', null],
    ['a body that is null', null, 'invalid_type', null],
    ['a body that is text', 'hi', 'invalid_type', null],
    ['no messages', {}, 'missing_required_parameter', 'messages'],
    ['messages as text', { messages: 'nope' }, 'invalid_type', 'messages'],
    ['messages as null', { messages: null }, 'invalid_type', 'messages'],
    ['empty messages', { messages: [] }, 'empty_array', 'messages'],
    ['a message that is text', { messages: ['hi'] }, 'invalid_type', 'messages[0]'],
    ['a message without a role', { messages: [{ content: 'hi' }] }, 'missing_required_parameter', 'messages[0].role'],
    ['a role that is a number', { messages: [{ role: 1, content: 'hi' }] }, 'invalid_type', 'messages[0].role'],
    ['an unknown role', { messages: [user, { role: 'robot', content: '' }] }, 'unsupported_value', 'messages[1].role'],
    ['a user without content', { messages: [{ role: 'user' }] }, 'missing_required_parameter', 'messages[0].content'],
    ['content as a number', { messages: [{ role: 'user', content: 4 }] }, 'invalid_type', 'messages[0].content'],
    ['content as null', { messages: [{ role: 'user', content: null }] }, 'invalid_type', 'messages[0].content'],
    ['a part that is text', { messages: [{ role: 'user', content: ['x'] }] }, 'invalid_type', 'messages[0].content[0]'],
    [
      'a part without a type',
      { messages: [{ role: 'user', content: [{ text: 'x' }] }] },
      'missing_required_parameter',
      'messages[0].content[0].type',
    ],
    [
      'a part with a wrong text',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 1 }] }] },
      'invalid_type',
      'messages[0].content[0].text',
    ],
    [
      'a tool result without its call',
      { messages: [{ role: 'tool', content: 'x' }] },
      'missing_required_parameter',
      'messages[0].tool_call_id',
    ],
    [
      "a function's result without its name",
      { messages: [{ role: 'function', content: 'x' }] },
      'missing_required_parameter',
      'messages[0].name',
    ],
    [
      'a tool call without arguments',
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f' } }] }] },
      'missing_required_parameter',
      'messages[0].tool_calls[0].function.arguments',
    ],
    ['stream as text', { messages: [user], stream: 'yes' }, 'invalid_type', 'stream'],
    ['a model that is a number', { messages: [user], model: 5 }, 'invalid_type', 'model'],
    ['a cold temperature', { messages: [user], temperature: -0.1 }, 'decimal_below_min_value', 'temperature'],
    ['a hot temperature', { messages: [user], temperature: 2.1 }, 'decimal_above_max_value', 'temperature'],
    ['n of 0', { messages: [user], n: 0 }, 'integer_below_min_value', 'n'],
    ['n of 1.5', { messages: [user], n: 1.5 }, 'invalid_type', 'n'],
    ['n of 1000', { messages: [user], n: 1000 }, 'integer_above_max_value', 'n'],
    ['a seed of 1.5', { messages: [user], seed: 1.5 }, 'invalid_type', 'seed'],
    ['stop as a number', { messages: [user], stop: 5 }, 'invalid_type', 'stop'],
    ['a stop word that is a number', { messages: [user], stop: ['a', 5] }, 'invalid_type', 'stop[1]'],
    ['stream options as text', { messages: [user], stream_options: 'x' }, 'invalid_type', 'stream_options'],
    ['tools as an object', { messages: [user], tools: {} }, 'invalid_type', 'tools'],
    ['a tool without a type', { messages: [user], tools: [{}] }, 'missing_required_parameter', 'tools[0].type'],
    [
      'a polluted role',
      JSON.parse('{"messages":[{"__proto__":{"role":"user"}}]}'),
      'missing_required_parameter',
      'messages[0].role',
    ],
  ])('refuses %s', (_name, body, code, param) => {
    const error = errorOf(body);
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', code, param });
    expect(error.message.length).toBeGreaterThan(10);
    expect(error.message.length).toBeLessThan(250);
  });

  it.each([
    ['content', { messages: [{ role: 'user', content: 4 }] }, "'messages[0].content': expected a string or an array,"],
    ['stop', { messages: [user], stop: 5 }, "'stop': expected a string or an array,"],
    ['tool_choice', { messages: [user], tool_choice: 5 }, "'tool_choice': expected a string or an object,"],
  ])('names all that %s may be', (_name, body, said) => {
    expect(errorOf(body).message).toBe(`Invalid type for ${said} but got a number instead.`);
  });

  it('says of a number that JSON has room for and nobody else that it is too large', () => {
    const body: unknown = JSON.parse('{"messages":[{"role":"user","content":"Hi"}],"max_tokens":1e400}');
    expect(errorOf(body).message).toBe(
      "Invalid type for 'max_tokens': expected a number, but got a number that is too large instead.",
    );
  });

  it('gives a good request back as it came, unknown members included', () => {
    const body = {
      model: 'auto',
      stream: true,
      temperature: null,
      messages: [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: [{ type: 'video_url', video_url: { url: 'x' } }], name: 'ada' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{' } }],
        },
        { role: 'tool', content: 'ok', tool_call_id: 'a' },
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: null },
      ],
      top_k: 40,
      'x-own': { deep: [1] },
    };
    expect(parseChatRequest(body)).toBe(body);
  });

  it.each([
    ...['model', 'user', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format'],
    ...['functions', 'function_call', 'web_search_options', 'prompt_cache_options'],
  ])('takes %s as null for a member that is not there', (name) => {
    expect(parseChatRequest({ messages: [user], [name]: null })).toEqual({ messages: [user] });
  });

  it.each([
    ['include_usage', { messages: [user], stream_options: { include_usage: null } }],
    [
      'what the other parts have',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'a', image_url: null }] }] },
    ],
    [
      'the text of a picture',
      { messages: [{ role: 'user', content: [{ type: 'image_url', text: null, image_url: { url: 'https://a/b' } }] }] },
    ],
    [
      'the function of a call of another kind',
      { messages: [user, { role: 'assistant', tool_calls: [{ id: 'a', type: 'custom', function: null }] }] },
    ],
  ])('takes null for %s, as serializers write it', (_name, body) => {
    expect(parseChatRequest(body)).toBe(body);
  });

  it.each([
    ['max_tokens', 0, 'integer below minimum value. Expected a value >= 1, but got 0 instead.'],
    ['n', 1000, 'integer above maximum value. Expected a value <= 128, but got 1000 instead.'],
    ['temperature', -0.5, 'decimal below minimum value. Expected a value >= 0, but got -0.5 instead.'],
    ['top_p', 1.5, 'decimal above maximum value. Expected a value <= 1, but got 1.5 instead.'],
  ])('says as OpenAI does of a range what %s is and may be', (name, value, said) => {
    expect(errorOf({ messages: [user], [name]: value }).message).toBe(`Invalid '${name}': ${said}`);
  });

  it('takes as many choices as OpenAI gives', () => {
    expect(parseChatRequest({ messages: [user], n: 128 })).toMatchObject({ n: 128 });
  });

  it.each([2 ** 63, -(2 ** 63), 0])('takes the seed %d, which has 64 bits', (seed) => {
    expect(parseChatRequest({ messages: [user], seed })).toMatchObject({ seed });
  });

  it.each([null, []])('takes an assistant whose tool calls are %j', (calls) => {
    const messages = [user, { role: 'assistant', content: 'a', tool_calls: calls }, user];
    expect(parseChatRequest({ messages })).toEqual({ messages });
  });

  it('does not echo a long value', () => {
    expect(errorOf({ messages: [{ role: 'x'.repeat(5000), content: '' }] }).message.length).toBeLessThan(250);
    expect(errorOf({ messages: [user], logit_bias: { ['k'.repeat(5000)]: 'x' } }).message.length).toBeLessThan(250);
  });
});
