import type { ChatChunk, ChatRequest } from '@nova-chat/client/protocol';
import { isNovaError } from '@nova-chat/client/stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toDocument } from '../../content/to-document.js';
import type { ProviderChunk } from '../provider.js';
import { createSiteProvider } from './site-provider.js';

const text =
  '# Prices\n\n## The lamp\n\nThe lamp costs €129, and that is with the bulb.\n\n## The desk\n\nA desk costs €890.';
const page = toDocument({ path: 'prices.md', format: 'markdown', text, baseUrl: '/' });
const content = { documents: page ? [page] : [] };
const provider = createSiteProvider({ content, delayMs: 0 });
const request: ChatRequest = { messages: [{ role: 'user', content: 'How much is the lamp?' }] };
const toCall = (signal: AbortSignal = new AbortController().signal) => ({ model: 'site', requestId: 'r1', signal });

async function collect(batches: AsyncIterable<ProviderChunk[]>): Promise<ChatChunk[]> {
  const collected: ChatChunk[] = [];
  for await (const batch of batches) collected.push(...batch.map(({ chunk }) => chunk));
  return collected;
}

afterEach(() => vi.useRealTimers());

describe('stream', () => {
  it('sends the role, pieces of a few words, the source after its passage, and the end', async () => {
    const chunks = await collect(provider.stream(request, toCall()));
    const deltas = chunks.map(({ choices }) => choices[0]?.delta);
    expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
    expect(deltas.slice(1, -2).every((delta) => (delta?.content ?? '').length < 40)).toBe(true);
    expect(deltas.slice(1, -2).length).toBeGreaterThan(2);
    expect(deltas.at(-2)).toEqual({
      annotations: [
        {
          type: 'url_citation',
          url_citation: { start_index: 0, end_index: 47, url: '/prices#the-lamp', title: 'Prices › The lamp' },
        },
      ],
    });
    expect(deltas.at(-1)).toEqual({});
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([
      ...deltas.slice(1).map(() => null),
      'stop',
    ]);
    expect(
      new Set(chunks.map(({ id, model, object, created }) => JSON.stringify([id, model, object, created]))).size,
    ).toBe(1);
    expect(chunks[0]).toMatchObject({
      object: 'chat.completion.chunk',
      model: 'site',
      id: expect.stringMatching(/^chatcmpl-/),
    });
    expect(Math.abs((chunks[0]?.created ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('says the same as the whole answer', async () => {
    const chunks = await collect(provider.stream(request, toCall()));
    const { choices } = await provider.complete(request, toCall());
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(choices[0]?.message.content);
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.delta.annotations ?? [])).toEqual(
      choices[0]?.message.annotations,
    );
  });

  it('sends usage on a last chunk when asked', async () => {
    const chunks = await collect(provider.stream({ ...request, stream_options: { include_usage: true } }, toCall()));
    const { usage } = await provider.complete(request, toCall());
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage });
    expect(usage).toEqual({ prompt_tokens: 6, completion_tokens: 12, total_tokens: 18 });
  });

  it('waits between pieces, and ends at once when the call is ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const controller = new AbortController();
    const slow = createSiteProvider({ content, delayMs: 60_000 });
    const chunks = slow.stream(request, toCall(controller.signal))[Symbol.asyncIterator]();
    await chunks.next();
    expect((await chunks.next()).value[0].chunk.choices[0].delta.content).toBe('The lamp costs ');
    const waiting = chunks.next();
    controller.abort();
    const error: unknown = await waiting.catch((reason: unknown) => reason);
    expect(isNovaError(error) && error.code).toBe('aborted');
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('says nothing to a call that has ended', async () => {
    const call = toCall(AbortSignal.abort());
    await expect(collect(provider.stream(request, call))).rejects.toMatchObject({ code: 'aborted', retryable: false });
    await expect(provider.complete(request, call)).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('complete', () => {
  it('is an OpenAI completion', async () => {
    expect(await provider.complete(request, toCall())).toMatchObject({
      object: 'chat.completion',
      model: 'site',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: { role: 'assistant', refusal: null, annotations: [{ type: 'url_citation' }] },
        },
      ],
    });
  });
});

describe('a request', () => {
  const both = async (more: Partial<ChatRequest>) => {
    const asked = { ...request, ...more };
    const chunks = await collect(provider.stream({ ...asked, stream_options: { include_usage: true } }, toCall()));
    const { choices, usage } = await provider.complete(asked, toCall());
    const said = {
      text: choices[0]?.message.content ?? '',
      finishReason: choices[0]?.finish_reason,
      citations: choices[0]?.message.annotations,
      usage,
    };
    expect({
      text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''),
      finishReason: chunks.at(-2)?.choices[0]?.finish_reason,
      citations: chunks.flatMap((chunk) => chunk.choices[0]?.delta.annotations ?? []),
      usage: chunks.at(-1)?.usage,
    }).toEqual(said);
    return said;
  };
  const whole = 'The lamp costs €129, and that is with the bulb.';

  it.each<[Partial<ChatRequest>, string, string]>([
    [{}, whole, 'stop'],
    [{ max_tokens: 4 }, 'The lamp costs €', 'length'],
    [{ max_completion_tokens: 4, max_tokens: 1 }, 'The lamp costs €', 'length'],
    [{ max_tokens: 12 }, whole, 'stop'],
    [{ stop: ' costs' }, 'The lamp', 'stop'],
    [{ stop: ['bulb', ', and', 'nowhere', ''] }, 'The lamp costs €129', 'stop'],
    [{ stop: 'bulb', max_tokens: 1 }, 'The ', 'length'],
    [{ stop: 'The', max_tokens: 1 }, '', 'stop'],
    [{ tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'auto', n: 1 }, whole, 'stop'],
    [{ response_format: { type: 'text' }, logprobs: false, stop: null, max_tokens: null }, whole, 'stop'],
  ])('with %o says "%s" and ends with %s', async (more, text, finishReason) => {
    const said = await both(more);
    expect(said).toMatchObject({ text, finishReason });
    expect(said.usage?.completion_tokens).toBe(Math.ceil(text.length / 4));
    expect(said.citations?.map((citation) => citation.url_citation?.end_index)).toEqual(
      text === '' ? [] : [text.length],
    );
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['n', { n: 2 }],
    ['response_format', { response_format: { type: 'json_object' } }],
    ['response_format', { response_format: { type: 'json_schema', json_schema: { name: 'x' } } }],
    ['tool_choice', { tool_choice: 'required' }],
    ['function_call', { function_call: { name: 'f' } }],
    ['tool_choice', { tool_choice: { type: 'function', function: { name: 'f' } } }],
    ['logprobs', { logprobs: true }],
    ['audio', { audio: { voice: 'x', format: 'wav' } }],
  ])('with %s that a quotation cannot have is refused: %o', async (param, more) => {
    const asked = { ...request, ...more };
    expect(provider.refuses?.(asked, 'site')).toMatchObject({ param, message: expect.stringContaining(param) });
    const refused = { code: 'bad_request', body: { param, code: 'unsupported_value' } };
    await expect(provider.complete(asked, toCall())).rejects.toMatchObject(refused);
    await expect(collect(provider.stream(asked, toCall()))).rejects.toMatchObject(refused);
  });

  it('is never cut in the middle of a character', async () => {
    const document = toDocument({ path: 'a.md', format: 'markdown', text: '# Lamp\n\nabc🙂 lamp', baseUrl: '/' });
    const smiling = createSiteProvider({ content: { documents: document ? [document] : [] } });
    const asked = { messages: [{ role: 'user' as const, content: 'lamp' }], max_tokens: 1 };
    expect((await smiling.complete(asked, toCall())).choices[0]?.message.content).toBe('abc');
  });
});

describe('createSiteProvider', () => {
  it('is named site, and what it is told', () => {
    expect([provider.name, ...provider.models]).toEqual(['site', 'site']);
    expect(createSiteProvider({ name: 'help', content }).name).toBe('help');
  });
});
