import { readFileSync } from 'node:fs';
import type { ChatChunk, ChatRequest } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { type CollectedAnswer, collectAnswer } from '../shared/testing/collect-answer.js';
import { createScriptedPool } from '../shared/testing/create-scripted-pool.js';
import { readFixture } from '../shared/testing/vendor-cases.js';
import {
  createGeminiStreamState,
  endGeminiStream,
  fromGeminiChunk,
  isGeminiStreamComplete,
} from './from-gemini-chunk.js';
import { fromGeminiResponse } from './from-gemini-response.js';
import { createGeminiProvider } from './gemini-provider.js';

const head = { id: 'chatcmpl-1', created: 1, model: 'gemini-x' };
const recorded = process.env['NOVA_RECORDED_STREAMS'];

function read(body: Uint8Array, more: Partial<ChatRequest> = {}, cut?: Error): Promise<CollectedAnswer> {
  const pool = createScriptedPool([body], 'text/event-stream', cut);
  const models = ['gemini-2.5-flash-lite'];
  const provider = createGeminiProvider({ baseUrl: 'http://g.test', apiKey: 'k', models, pool, timeouts: amplyTimed });
  const call = { model: 'gemini-2.5-flash-lite', signal: new AbortController().signal, requestId: 'r' };
  return collectAnswer(provider.stream({ messages: [{ role: 'user', content: 'Hi' }], ...more }, call));
}

const readOwn = (name: string, more: Partial<ChatRequest> = {}): Promise<CollectedAnswer> =>
  read(readFixture('gemini', name), more);

function finish(finishReason: string, parts: object[] = [{ text: 'Hi' }], stop?: string): ChatChunk[] {
  const state = createGeminiStreamState(head, stop === undefined ? {} : { stop });
  return fromGeminiChunk({ candidates: [{ content: { parts }, finishReason }] }, state);
}

describe('fromGeminiChunk', () => {
  it('converts text, with cached tokens and thoughts in the usage', async () => {
    const { chunks, completion } = await readOwn('text.sse');
    expect(chunks[0]).toMatchObject({
      id: 'resp-1',
      model: 'gemini-3-flash',
      choices: [{ delta: { role: 'assistant' } }],
    });
    expect(completion).toMatchObject({
      choices: [{ message: { content: 'Grüße aus Köln 🌉, "fünf"\nZeilen.' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 8,
        completion_tokens: 41,
        total_tokens: 49,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
    });
    expect(chunks.filter(({ usage }) => usage)).toEqual([chunks.at(-1)]);
  });

  it('converts thoughts to reasoning', async () => {
    const { completion } = await readOwn('thoughts.sse');
    expect(completion.choices[0]?.message).toMatchObject({
      content: 'Hello!',
      reasoning_content: 'They greet me. I greet back.',
    });
  });

  it('gives calls ids that stay the same, keeps those of the model, and carries signatures', async () => {
    const { completion, chunks } = await readOwn('calls.sse');
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [
          {
            id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
            function: { name: 'weather', arguments: '{"city":"Köln","days":2}' },
          },
          { id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/), function: { name: 'clock', arguments: '{}' } },
          { id: 'fc_own', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
        ],
      },
    });
    const again = await readOwn('calls.sse');
    expect(again.completion.choices).toEqual(completion.choices);
    const ids = completion.choices[0]?.message.tool_calls?.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const [first] = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(first).toMatchObject({ extra_content: { google: { thought_signature: 'c2lnbmVk' } } });
  });

  it('ends a choice that a filter stopped, and keeps what it had said', async () => {
    const { completion } = await readOwn('safety.sse');
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'content_filter', message: { content: 'Well, ' } });
  });

  it('ends every choice of a prompt that was blocked', async () => {
    const { completion, error } = await readOwn('blocked.sse', { n: 2 });
    expect(error).toBeUndefined();
    expect(completion.choices).toMatchObject([
      { index: 0, finish_reason: 'content_filter', message: { content: null } },
      { index: 1, finish_reason: 'content_filter', message: { content: null } },
    ]);
    expect(completion.usage?.prompt_tokens).toBe(8);
  });

  it('fails where the model spoilt a function call', async () => {
    const { completion, error } = await readOwn('malformed-call.sse');
    expect(completion.choices[0]?.message.content).toBe('Let me see. ');
    expect(error).toMatchObject({
      code: 'stream_error',
      retryable: true,
      message: expect.stringContaining('MALFORMED_FUNCTION_CALL'),
    });
  });

  it('keeps candidates apart', async () => {
    const { completion, error } = await readOwn('two-candidates.sse', { n: 2 });
    expect(error).toBeUndefined();
    expect(completion.choices).toMatchObject([
      { index: 0, finish_reason: 'stop', message: { content: 'One.' } },
      { index: 1, finish_reason: 'length', message: { content: 'Uno.' } },
    ]);
  });

  it.each([
    ['text.sse', 2, 1],
    ['two-candidates.sse', 3, 2],
  ])('takes fewer choices than were asked for, where each has its end: %s', async (name, n, given) => {
    const { completion, error } = await readOwn(name, { n });
    expect(error).toBeUndefined();
    expect(completion.choices).toHaveLength(given);
  });

  it('does not take a choice for all of them when the connection breaks behind it', async () => {
    const body = readFixture('gemini', 'text.sse');
    const cut = new Error('reset');
    expect((await read(body, { n: 2 }, cut)).error).toMatchObject({ code: 'stream_interrupted' });
    expect((await read(body, {}, cut)).error).toBeUndefined();
  });

  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['BLOCKLIST', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['SPII', 'content_filter'],
    ['OTHER', 'other'],
    ['constructor', 'constructor'],
  ])('converts the finish reason %s to %s', (reason, finishReason) => {
    expect(finish(reason).at(-1)?.choices[0]).toMatchObject({ finish_reason: finishReason });
  });

  it.each(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS'])('fails at %s', (reason) => {
    expect(() => finish(reason)).toThrow(expect.objectContaining({ code: 'stream_error' }));
  });

  it.each<[string, object[]]>([
    ['no parts', []],
    ['an empty text', [{ text: '', thoughtSignature: 'c2ln' }]],
  ])('fails at an end with %s, which nobody can read', (_, parts) => {
    expect(() => finish('STOP', parts)).toThrow(expect.objectContaining({ code: 'stream_error', retryable: true }));
    expect(finish('STOP', parts, 'END')).toHaveLength(2);
    expect(finish('MAX_TOKENS', parts)).toHaveLength(2);
  });

  it.each<[string, object]>([
    ['a text', { text: 'Hi' }],
    ['a thought', { text: 'Hm', thought: true }],
    ['a call', { functionCall: { name: 'f' } }],
    ['a part of another kind', { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
  ])('takes an end without parts after %s', (_, part) => {
    const state = createGeminiStreamState(head);
    fromGeminiChunk({ candidates: [{ content: { parts: [part] } }] }, state);
    fromGeminiChunk({ candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] }, state);
    expect(isGeminiStreamComplete(state)).toBe(true);
  });

  it.each<[name: string, chunk: Record<string, unknown>]>([
    ['nothing', {}],
    ['no candidates', { candidates: [], usageMetadata: null }],
    ['candidates that are none', { candidates: [null, 'x'], promptFeedback: {} }],
  ])('passes over a chunk with %s', (_, chunk) => {
    const state = createGeminiStreamState(head);
    expect(fromGeminiChunk(chunk, state)).toEqual([]);
    expect(isGeminiStreamComplete(state)).toBe(false);
    expect(endGeminiStream(state)).toEqual([]);
  });

  it('takes candidates without an index, parts or content, and parts of other kinds', () => {
    const state = createGeminiStreamState(head);
    const candidates = [{ content: { parts: [null, { executableCode: {} }, { text: 7 }] } }];
    expect(fromGeminiChunk({ candidates }, state)).toHaveLength(1);
    expect(fromGeminiChunk({ candidates: [{ finishReason: 'STOP' }] }, state)).toHaveLength(1);
    expect(fromGeminiChunk({ candidates: [{ content: { parts: [{ text: 'late' }] } }] }, state)).toEqual([]);
    expect(isGeminiStreamComplete(state)).toBe(true);
  });
});

describe('fromGeminiResponse', () => {
  it('converts a whole answer', () => {
    const body: unknown = JSON.parse(Buffer.from(readFixture('gemini', 'response.json')).toString());
    expect(fromGeminiResponse(body, head)).toMatchObject({
      id: 'resp-whole',
      object: 'chat.completion',
      created: 1,
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'One moment.',
            reasoning_content: 'They ask for the weather.',
            tool_calls: [
              {
                id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
                function: { name: 'weather', arguments: '{"city":"Ulm"}' },
                extra_content: { google: { thought_signature: 'c2lnbmVk' } },
              },
            ],
          },
        },
      ],
      usage: { total_tokens: 49 },
    });
  });

  it('takes fewer choices than were asked for', () => {
    const body: unknown = JSON.parse(Buffer.from(readFixture('gemini', 'response.json')).toString());
    expect(fromGeminiResponse(body, head, { n: 4 }).choices).toHaveLength(1);
  });

  it.each<[name: string, body: unknown, code: string]>([
    ['nothing', undefined, 'invalid_response'],
    ['no candidates', { candidates: [] }, 'invalid_response'],
    ['a candidate without its end', { candidates: [{ content: { parts: [{ text: 'Hi' }] } }] }, 'invalid_response'],
    ['an error', { error: { status: 'UNAVAILABLE' } }, 'overloaded'],
    ['an empty answer', { candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] }, 'stream_error'],
  ])('throws at %s', (_, body, code) => {
    expect(() => fromGeminiResponse(body, head)).toThrow(expect.objectContaining({ code }));
  });
});

describe('recorded streams of Gemini', () => {
  /** A recording of one JSON a line gets the frames back that it had on the wire. */
  const readRecorded = (folder: string, name: string): Promise<CollectedAnswer> => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return read(Buffer.from(name.endsWith('.sse') ? text : lines.map((line) => `data: ${line}\r\n\r\n`).join('')));
  };

  if (recorded) {
    it.each([
      ['google-text.chunks.txt', 'There are **3** "r"s in strawberry.\n\nst**r**awbe**rr**y', 'stop', 217],
      ['google-reasoning.chunks.txt', expect.stringMatching(/^There are .* breakdown: st\*\*r/s), 'stop', 294],
      ['google_model_stream.0.sse', 'The capital of France is Paris.\n', 'stop', 21],
      ['google-tool-call.chunks.txt', null, 'tool_calls', 89],
    ])('are read right: %s', async (name, content, finishReason, total) => {
      const { completion, error } = await readRecorded(recorded, name);
      expect(error).toBeUndefined();
      expect(completion.choices).toMatchObject([{ finish_reason: finishReason, message: { content } }]);
      expect(completion.usage?.total_tokens).toBe(total);
    });

    it('are read right: the call of a function', async () => {
      const { completion } = await readRecorded(recorded, 'google-tool-call.chunks.txt');
      const calls = completion.choices[0]?.message.tool_calls;
      expect(calls).toMatchObject([{ function: { name: 'weather', arguments: '{"location":"San Francisco"}' } }]);
    });
  } else {
    it('are not there: NOVA_RECORDED_STREAMS is not given', () => expect(recorded).toBeUndefined());
  }
});
