import type { ChatChunk } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { type CollectedAnswer, collectAnswer } from '../shared/testing/collect-answer.js';
import { createScriptedPool } from '../shared/testing/create-scripted-pool.js';
import { readFixture } from '../shared/testing/vendor-cases.js';
import { createOllamaStreamState, fromOllamaChunk } from './from-ollama-chunk.js';
import { fromOllamaResponse } from './from-ollama-response.js';
import { createOllamaProvider } from './ollama-provider.js';

const head = { id: 'chatcmpl-1', created: 1, model: 'llama-x' };

function read(fixture: string): Promise<CollectedAnswer> {
  const pool = createScriptedPool([readFixture('ollama', fixture)], 'application/x-ndjson');
  const models = ['qwen3:8b'];
  const provider = createOllamaProvider({
    baseUrl: 'http://o.test',
    apiKey: undefined,
    models,
    pool,
    timeouts: amplyTimed,
  });
  const call = { model: 'qwen3:8b', signal: new AbortController().signal, requestId: 'r' };
  return collectAnswer(provider.stream({ messages: [{ role: 'user', content: 'Hi' }] }, call));
}

const convert = (...lines: Record<string, unknown>[]): ChatChunk[] => {
  const state = createOllamaStreamState(head);
  return lines.flatMap((line) => fromOllamaChunk(line, state));
};

describe('fromOllamaChunk', () => {
  it('converts text, and counts to usage', async () => {
    const { chunks, completion } = await read('text.ndjson');
    expect(chunks[0]).toMatchObject({ model: 'qwen3:8b', choices: [{ delta: { role: 'assistant', content: '' } }] });
    expect(completion).toMatchObject({
      choices: [{ message: { content: 'Grüße aus Köln 🌉, "fünf"\nZeilen.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 26, completion_tokens: 19, total_tokens: 45 },
    });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 45 } });
  });

  it('converts thinking to reasoning', async () => {
    const { completion } = await read('thinking.ndjson');
    expect(completion.choices[0]?.message).toMatchObject({ content: 'Hello!', reasoning_content: 'They greet me.' });
  });

  it('converts calls, whose arguments are objects, and gives ids where there are none', async () => {
    const { completion } = await read('calls.ndjson');
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: "I'll look.",
        tool_calls: [
          {
            id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
            function: { name: 'weather', arguments: '{"city":"Köln","days":2}' },
          },
          { id: 'call_own', function: { name: 'clock', arguments: '{}' } },
        ],
      },
    });
  });

  it('tells an answer that was cut at its longest', async () => {
    const { completion, error } = await read('length.ndjson');
    expect(error).toBeUndefined();
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'Once upon' } });
  });

  it('fails where the model was only loaded', async () => {
    expect((await read('load.ndjson')).error).toMatchObject({ code: 'stream_error', retryable: true });
  });

  it.each([
    ['stop', 'stop'],
    [undefined, 'stop'],
    ['length', 'length'],
    ['something_new', 'something_new'],
  ])('converts the done reason %s to %s', (reason, finishReason) => {
    const chunks = convert({ done: true, ...(reason ? { done_reason: reason } : {}) });
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ finish_reason: finishReason });
  });

  it.each<[name: string, line: Record<string, unknown>, code: string]>([
    ['an error', { error: 'CUDA error near prompt 7' }, 'stream_error'],
    ['an error as an object', { error: { message: 'CUDA error near prompt 7' } }, 'stream_error'],
    ['a full queue', { error: 'server busy, please try again.  maximum pending requests exceeded' }, 'overloaded'],
  ])('throws at %s', (_, line, code) => {
    expect(() => convert({ message: { content: 'A' } }, line)).toThrow(
      expect.objectContaining({ code, retryable: true, message: expect.not.stringContaining('prompt 7') }),
    );
  });

  it('takes lines without a message, calls without a function, and lines after the end', () => {
    const chunks = convert(
      {},
      { message: { tool_calls: [{}, null] } },
      { done: true },
      { message: { content: 'late' } },
    );
    expect(chunks.map(({ choices }) => choices[0])).toMatchObject([
      { delta: { role: 'assistant' } },
      { delta: { tool_calls: [{ index: 0, function: { name: '', arguments: '{}' } }] } },
      { finish_reason: 'tool_calls' },
    ]);
  });
});

describe('fromOllamaResponse', () => {
  it('converts a whole answer', () => {
    const body: unknown = JSON.parse(Buffer.from(readFixture('ollama', 'response.json')).toString());
    expect(fromOllamaResponse(body, head)).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'qwen3:8b',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'One moment.',
            reasoning_content: 'They ask for the weather.',
            tool_calls: [{ id: 'call_w', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
          },
        },
      ],
      usage: { total_tokens: 45 },
    });
  });

  it.each<[name: string, body: unknown, code: string]>([
    ['nothing', undefined, 'invalid_response'],
    ['an answer without its end', { message: { content: 'Hi' } }, 'invalid_response'],
    ['an error', { error: 'oops' }, 'stream_error'],
  ])('throws at %s', (_, body, code) => {
    expect(() => fromOllamaResponse(body, head)).toThrow(expect.objectContaining({ code }));
  });
});
