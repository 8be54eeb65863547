import type { ChatChunk } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { type CollectedAnswer, collectAnswer } from '../shared/testing/collect-answer.js';
import { createScriptedPool } from '../shared/testing/create-scripted-pool.js';
import { readFixture } from '../shared/testing/vendor-cases.js';
import { createAnthropicProvider } from './anthropic-provider.js';
import { createAnthropicStreamState, endAnthropicStream, fromAnthropicEvent } from './from-anthropic-event.js';
import { fromAnthropicResponse } from './from-anthropic-response.js';

const head = { id: 'chatcmpl-1', created: 1, model: 'claude-x' };

function read(fixture: string): Promise<CollectedAnswer> {
  const pool = createScriptedPool([readFixture('anthropic', fixture)], 'text/event-stream');
  const models = ['claude-haiku-4-5'];
  const provider = createAnthropicProvider({
    baseUrl: 'http://a.test',
    apiKey: 'k',
    models,
    pool,
    timeouts: amplyTimed,
  });
  const call = { model: 'claude-haiku-4-5', signal: new AbortController().signal, requestId: 'r' };
  return collectAnswer(provider.stream({ messages: [{ role: 'user', content: 'Hi' }] }, call));
}

function convert(events: Record<string, unknown>[]): ChatChunk[] {
  const state = createAnthropicStreamState(head);
  return [...events.flatMap((event) => fromAnthropicEvent(event, state)), ...endAnthropicStream(state)];
}

describe('fromAnthropicEvent', () => {
  it('converts text, with the counts of the cache in the usage', async () => {
    const { chunks, completion } = await read('text.sse');
    expect(chunks[0]).toMatchObject({
      id: 'msg_text',
      object: 'chat.completion.chunk',
      model: 'claude-haiku-4-5',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
    });
    expect(completion).toMatchObject({
      choices: [{ message: { content: 'Grüße aus Köln 🌉, "fünf"\nZeilen.' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 329,
        completion_tokens: 17,
        total_tokens: 346,
        prompt_tokens_details: { cached_tokens: 300, cache_creation_tokens: 20 },
      },
    });
    expect(chunks.at(-1)?.choices).toEqual([]);
  });

  it('converts parallel tool calls, in fragments and without input', async () => {
    const { completion, chunks } = await read('tools.sse');
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: "I'll look.",
        tool_calls: [
          { id: 'toolu_a', type: 'function', function: { name: 'weather', arguments: '{"city": "Köln", "days": 2}' } },
          { id: 'toolu_b', type: 'function', function: { name: 'clock', arguments: '{}' } },
          { id: 'toolu_c', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
        ],
      },
    });
    const indexes = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []).map(({ index }) => index);
    expect(indexes).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
  });

  it('converts thinking, and keeps it with its signature where the results of tools follow', async () => {
    const { completion } = await read('thinking.sse');
    expect(completion.choices[0]?.message).toMatchObject({
      content: null,
      reasoning_content: 'They ask for the weather.',
      thinking_blocks: [
        { type: 'thinking', thinking: 'They ask for the weather.', signature: 'c2lnbmVk' },
        { type: 'redacted_thinking', data: 'aGlkZGVu' },
      ],
    });
    expect(completion.usage?.completion_tokens_details).toEqual({ reasoning_tokens: 25 });
  });

  it('converts a refusal in mid-answer', async () => {
    const { completion } = await read('refusal.sse');
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'content_filter',
      message: { content: 'Well, ', refusal: 'This request may lead to harm.' },
    });
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['tool_use', 'tool_calls'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['pause_turn', 'length'],
    ['refusal', 'content_filter'],
    ['something_new', 'something_new'],
    ['constructor', 'constructor'],
  ])('converts the stop reason %s to %s', (stopReason, finishReason) => {
    const [chunk] = convert([{ type: 'message_delta', delta: { stop_reason: stopReason } }]);
    expect(chunk?.choices).toEqual([{ index: 0, delta: {}, finish_reason: finishReason }]);
  });

  it.each<[name: string, event: Record<string, unknown>]>([
    ['pings', { type: 'ping' }],
    ['events of new types', { type: 'content_block_merge', index: 0 }],
    ['blocks of other types', { type: 'content_block_start', index: 0, content_block: { type: 'server_tool_use' } }],
    ['deltas of other types', { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta' } }],
    [
      'fragments of a call that never began',
      { type: 'content_block_delta', index: 9, delta: { type: 'input_json_delta', partial_json: '{' } },
    ],
    ['ends of blocks that never began', { type: 'content_block_stop', index: 9 }],
    ['a message_delta without a reason', { type: 'message_delta', delta: { stop_reason: null }, usage: null }],
    ['events without what they are about', { type: 'content_block_start', index: 0 }],
  ])('passes over %s', (_, event) => {
    expect(convert([event])).toEqual([]);
  });

  it('takes the input of a tool that comes whole with its start', () => {
    const block = { type: 'tool_use', id: 't', name: 'weather', input: { city: 'Ulm' } };
    const chunks = convert([
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_stop', index: 0 },
    ]);
    expect(chunks.map(({ choices }) => choices[0]?.delta.tool_calls?.[0]?.function?.arguments)).toEqual([
      '',
      '{"city":"Ulm"}',
    ]);
  });

  it.each([
    ['overloaded_error', 'overloaded', true],
    ['rate_limit_error', 'rate_limited', true],
    ['api_error', 'stream_error', true],
    ['timeout_error', 'stream_error', true],
    ['invalid_request_error', 'bad_request', false],
    ['authentication_error', 'authentication_error', false],
    ['permission_error', 'permission_error', false],
    ['billing_error', 'insufficient_quota', false],
    ['toString', 'stream_error', true],
  ])('throws an error event of type %s as %s', (type, code, retryable) => {
    const event = { type: 'error', error: { type, message: 'about prompt 7' } };
    expect(() => convert([event])).toThrow(
      expect.objectContaining({ code, retryable, message: expect.not.stringContaining('prompt 7') }),
    );
  });
});

describe('fromAnthropicResponse', () => {
  it('converts a whole message', () => {
    const message: unknown = JSON.parse(Buffer.from(readFixture('anthropic', 'message.json')).toString());
    expect(fromAnthropicResponse(message, head)).toEqual({
      id: 'msg_whole',
      object: 'chat.completion',
      created: 1,
      model: 'claude-haiku-4-5',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'One moment.',
            refusal: null,
            reasoning_content: 'Look it up.',
            tool_calls: [
              { id: 'toolu_w', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
            ],
            thinking_blocks: [{ type: 'thinking', thinking: 'Look it up.', signature: 'c2ln' }],
          },
        },
      ],
      usage: {
        prompt_tokens: 15,
        completion_tokens: 20,
        total_tokens: 35,
        prompt_tokens_details: { cached_tokens: 5, cache_creation_tokens: 0 },
      },
    });
  });

  it.each<[name: string, body: unknown, code: string]>([
    ['nothing', undefined, 'invalid_response'],
    ['a list', [], 'invalid_response'],
    ['another object', { object: 'chat.completion' }, 'invalid_response'],
    ['a message without its end', { type: 'message', content: [], stop_reason: null }, 'invalid_response'],
    ['an error', { type: 'error', error: { type: 'overloaded_error' } }, 'overloaded'],
  ])('throws at %s', (_, body, code) => {
    expect(() => fromAnthropicResponse(body, head)).toThrow(expect.objectContaining({ code }));
  });
});
