import { describe, expect, it } from 'vitest';
import { createAnthropicProvider } from '../anthropic/anthropic-provider.js';
import { createGeminiProvider } from '../gemini/gemini-provider.js';
import { createOllamaProvider } from '../ollama/ollama-provider.js';
import type { Provider } from '../provider.js';
import { amplyTimed } from './testing/amply-timed.js';
import { type CollectedAnswer, collectAnswer } from './testing/collect-answer.js';
import { createScriptedPool } from './testing/create-scripted-pool.js';
import { readFixture, type VendorCase, vendorCases } from './testing/vendor-cases.js';

// Here and not in the cases: only a test may know several providers.
const creators = { anthropic: createAnthropicProvider, gemini: createGeminiProvider, ollama: createOllamaProvider };

function read(pieces: Uint8Array[], { vendor, model, contentType }: VendorCase): Promise<CollectedAnswer> {
  const pool = createScriptedPool(pieces, contentType);
  const provider: Provider = creators[vendor]({
    baseUrl: 'http://upstream.test',
    apiKey: 'k',
    models: [model],
    pool,
    timeouts: amplyTimed,
  });
  const call = { model, signal: new AbortController().signal, requestId: 'r' };
  return collectAnswer(provider.stream({ messages: [{ role: 'user', content: 'Hi' }] }, call));
}

/** What is said, without the ids and the time that differ from run to run. */
function toComparable({ chunks, error }: CollectedAnswer): string {
  const ids = /chatcmpl-?[0-9a-f-]{36}|(?<="id":")[a-zA-Z0-9]{9}(?=")/g;
  return JSON.stringify({ chunks, error: String(error) })
    .replace(ids, 'id')
    .replace(/"created":\d+/g, '');
}

describe.each(vendorCases)('readAnswer of $vendor', (vendorCase) => {
  const { vendor, whole, broken, finish, opening } = vendorCase;

  it.each([...whole, broken])('reads the same out of %s wherever its bytes are cut', async (name) => {
    const bytes = readFixture(vendor, name);
    const expected = toComparable(await read([bytes], vendorCase));
    for (let at = 0; at <= bytes.length; at++) {
      const answer = await read([bytes.subarray(0, at), bytes.subarray(at)], vendorCase);
      if (toComparable(answer) !== expected) expect.fail(`${name} reads otherwise when cut at ${at}`);
    }
    const singly = await read(
      Array.from(bytes, (byte) => Uint8Array.of(byte)),
      vendorCase,
    );
    expect(toComparable(singly)).toBe(expected);
  });

  it.each(whole)('ends %s without an error and with one finish reason', async (name) => {
    const { chunks, error } = await read([readFixture(vendor, name)], vendorCase);
    expect(error).toBeUndefined();
    expect(chunks.filter(({ choices }) => choices.some((choice) => choice.finish_reason))).toHaveLength(1);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('tells every stream that ends before its finish reason as truncated', async () => {
    const [name = ''] = whole;
    const bytes = readFixture(vendor, name);
    const finishedAt = Buffer.from(bytes).indexOf(finish);
    let completeFrom: number | undefined;
    for (let length = 0; length <= bytes.length; length++) {
      const { error } = await read([bytes.subarray(0, length)], vendorCase);
      if (error === undefined) completeFrom ??= length;
      else if (completeFrom !== undefined) expect.fail(`complete at ${completeFrom} bytes, but not at ${length}`);
      else expect(error, `cut at ${length}`).toMatchObject({ code: 'stream_truncated', retryable: true });
    }
    expect(completeFrom).toBeGreaterThan(finishedAt);
  });

  it('keeps what came before an error in the stream', async () => {
    const { completion, error } = await read([readFixture(vendor, broken)], vendorCase);
    expect(completion.choices[0]?.message.content).toBe('The first ');
    expect(error).toMatchObject({ code: vendor === 'ollama' ? 'stream_error' : 'overloaded', retryable: true });
  });

  it('takes a whole answer where a stream was asked for', async () => {
    const { completion, error } = await read([readFixture(vendor, vendorCase.response)], vendorCase);
    expect(error).toBeUndefined();
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: 'One moment.' } });
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it.each([
    ['a page', '<!doctype html><p>Down for now</p>', 'unexpected_content_type'],
    ['what is not JSON', opening + (vendor === 'ollama' ? 'Down\n' : 'data: Down\n\n'), 'invalid_stream'],
  ])('tells %s for what it is, and does not repeat it', async (_, body, code) => {
    const { error } = await read([Buffer.from(body)], vendorCase);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('Down');
  });
});
