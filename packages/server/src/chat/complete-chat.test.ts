import type { ChatChunk, ChatCompletion } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import {
  answer,
  chunk,
  createScriptedProvider,
  type ScriptedProvider,
  type ScriptStep,
  usageChunk,
} from '../testing/scripted-provider.js';

const broken = new NovaError({ code: 'stream_interrupted', message: 'planted', retryable: true });
const scripted = (name: string, ...steps: ScriptStep[]): ScriptedProvider =>
  createScriptedProvider({ name, steps: () => steps });
/** With one in reserve an answer is read as a stream. */
const reserve = scripted('reserve', ...answer('reserve'));
/** Says these words, and breaks off. */
const breaking = (name: string, ...words: string[]): ScriptedProvider =>
  scripted(name, ...answer(...words).slice(0, -1), broken);

interface Asked {
  test: TestApp;
  status: number;
  completion: ChatCompletion;
  text: string | null | undefined;
}

async function ask(
  providers: ScriptedProvider[],
  body: object = {},
  options: { headers?: Record<string, string>; config?: { startMs?: number; retryDelaysMs?: number[] } } = {},
): Promise<Asked> {
  const test = createTestApp({ providers, config: options.config ?? {} });
  const response = await test.ask({ messages: [{ role: 'user', content: 'hi' }], ...body }, options.headers);
  const completion = (await response.json()) as ChatCompletion;
  return { test, status: response.status, completion, text: completion.choices?.[0]?.message.content };
}

describe('a call of a custom tool', () => {
  // https://platform.openai.com/docs/guides/function-calling#custom-tools
  const call = { id: 'call_1', type: 'custom', custom: { name: 'sql', input: 'select 1' } };
  const toDelta = (fragment: object): ChatChunk => chunk({ tool_calls: [{ index: 0, ...fragment }] });
  const steps = [
    toDelta({ id: 'call_1', type: 'custom', custom: { name: 'sql', input: '' }, function: {} }),
    toDelta({ custom: { input: 'select ' }, function: {} }),
    toDelta({ custom: { input: '1' }, function: {} }),
    chunk({}, 'tool_calls'),
  ];

  const request = { tools: [{ type: 'custom', custom: { name: 'sql' } }] };

  it('is one in an answer that is read as a stream', async () => {
    const { completion } = await ask([scripted('first', ...steps), reserve], request);
    expect(completion.choices[0]?.message.tool_calls).toEqual([call]);
  });

  it('is one in an answer that is given whole', async () => {
    const message = { role: 'assistant', content: null, tool_calls: [{ ...call, function: {} }] };
    const whole = {
      ...chunk({}),
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    };
    const only = Object.assign(scripted('only'), { complete: async () => whole });
    const { completion } = await ask([only], request);
    expect(completion.choices[0]?.message.tool_calls).toEqual([call]);
  });
});

describe('a whole answer that breaks in the middle', () => {
  it('is gone on with by the next provider', async () => {
    const first = breaking('first', 'The quick ');
    const second = scripted('second', ...answer('The quick brown', ' fox'), usageChunk);
    const { completion, text, test } = await ask([first, second]);
    expect(text).toBe('The quick brown fox');
    expect(completion).toMatchObject({
      object: 'chat.completion',
      choices: [{ finish_reason: 'stop', logprobs: null, message: { role: 'assistant', refusal: null } }],
      nova: {
        provider: 'second',
        attempts: 2,
        switched: { from: 'first', to: 'second', reason: 'upstream_stream_interrupted' },
      },
    });
    // What the first one cost is a guess: 1 token for the question, 3 for its words.
    expect(completion.usage).toEqual({ prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 });
    expect(second.calls[0]?.request.messages).toMatchObject([{}, { role: 'assistant', content: 'The quick ' }, {}]);
    expect(test.lines().at(-1)).toMatchObject({ outcome: 'complete', provider: 'second', attempts: 2, switches: 1 });
  });

  it('keeps a refrain that the next one says again', async () => {
    const refrain = 'Oh the wind, it carries us home. ';
    const verse = 'And the ship sails out at the break of the day. ';
    const first = breaking('first', 'One. ', verse, refrain, 'Two. ', verse);
    const { text } = await ask([first, scripted('second', ...answer(verse, refrain))]);
    expect(text?.trim()).toBe(`One. ${verse}${refrain}Two. ${verse}${refrain}`.trim());
  });

  it('is gone on with by the same provider, when the others have failed', async () => {
    const steps = (index: number): ScriptStep[] =>
      index === 0 ? [...answer('half ').slice(0, -1), broken] : answer('half done');
    const last = createScriptedProvider({ name: 'last', steps });
    const { text } = await ask([scripted('down', broken), last], {}, { config: { retryDelaysMs: [1] } });
    expect(text).toBe('half done');
  });

  it('is begun anew by the only provider, which was asked for all of it at once', async () => {
    const steps = (index: number): ScriptStep[] =>
      index === 0 ? [...answer('half ').slice(0, -1), broken] : answer('whole');
    const only = createScriptedProvider({ name: 'only', steps });
    const stream = vi.spyOn(only, 'stream');
    const { text, completion } = await ask([only], {}, { config: { retryDelaysMs: [1] } });
    expect(text).toBe('whole');
    expect(completion.nova).toEqual({ provider: 'only', attempts: 2 });
    expect(only.calls.map(({ request }) => request.messages)).toEqual([
      [{ role: 'user', content: 'hi' }],
      [{ role: 'user', content: 'hi' }],
    ]);
    expect(stream).not.toHaveBeenCalled();
  });

  it('is begun anew by the fourth, and then by one who begins in other words', async () => {
    const hands = ['a ', 'b ', 'c ', 'd '].map((word) => breaking(word, word));
    const { text, completion } = await ask([...hands, scripted('e', ...answer('e'))]);
    expect(text).toBe('d e');
    expect(completion.nova?.switched).toMatchObject({ from: 'd ', to: 'e' });
    const wandering = scripted('wandering', ...answer('The shop is open on Mondays and on Fridays.'));
    const other = await ask([breaking('first', 'The shop is open on Monday', ' from nine'), wandering]);
    expect(other.text).toBe('The shop is open on Mondays and on Fridays.');
    expect(other.completion.nova?.switched).toBeUndefined();
  });

  it.each<[string, object, Record<string, string>, ChatChunk]>([
    ['a structured one', { response_format: { type: 'json_object' } }, {}, chunk({ content: '{"a":' })],
    ['one of several', { n: 2 }, {}, chunk({ content: 'half' })],
    ['with log probabilities', { logprobs: true }, {}, chunk({ content: 'half' })],
    ['that nobody shall go on with', {}, { 'nova-on-failure': 'terminate' }, chunk({ content: 'half' })],
    [
      'with a call of a tool',
      {},
      {},
      chunk({ content: 'half', tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{' } }] }),
    ],
    ['a refusal', {}, {}, chunk({ refusal: 'I can' })],
    ['with speech', {}, {}, chunk({ content: 'half', audio: { id: 'a', transcript: 'half' } })],
  ])('%s is begun anew', async (_name, body, headers, first) => {
    const second = scripted('second', ...answer('whole'), usageChunk);
    const { text, completion } = await ask([scripted('first', first, broken), second], body, { headers });
    expect(text).toBe('whole');
    expect(completion).toMatchObject({ usage: usageChunk.usage, nova: { provider: 'second', attempts: 2 } });
    expect(completion.nova?.switched).toBeUndefined();
    expect(second.calls[0]?.request.messages).toHaveLength(1);
  });

  it('is left to one who only quotes, whole', async () => {
    const quoting = createScriptedProvider({ name: 'site', continues: false, steps: () => answer('A passage.') });
    expect((await ask([breaking('first', 'half'), quoting])).text).toBe('A passage.');
  });

  it('is an error when nobody can, with an entry for each who was asked', async () => {
    const { status, completion } = await ask([breaking('first', 'half'), breaking('second', 'half of it')]);
    expect(status).toBe(502);
    expect(completion).toMatchObject({
      error: {
        code: 'upstream_stream_interrupted',
        attempts: [{ provider: 'first' }, { provider: 'second', code: 'upstream_stream_interrupted' }],
      },
    });
  });
});

describe('the time for the first word', () => {
  it('does not end a whole answer that has begun, and begins anew for whoever goes on', async () => {
    const slow = scripted('slow', chunk({ content: 'one ' }), { waitMs: 150 }, broken);
    const second = scripted('second', { waitMs: 20 }, ...answer('two'));
    const { text } = await ask([slow, second], {}, { config: { startMs: 100 } });
    expect(text).toBe('one two');
  });

  it('ends the wait for one who says nothing', async () => {
    const { status } = await ask(
      [scripted('silent', 'hang'), scripted('mute', 'hang')],
      {},
      { config: { startMs: 40 } },
    );
    expect(status).toBe(504);
  });

  it('is none for the only provider, which says all of it at once', async () => {
    const slow = scripted('slow', { waitMs: 100 }, ...answer('late'));
    expect((await ask([slow], {}, { config: { startMs: 40 } })).text).toBe('late');
  });

  it.each([
    ['by name', { message: 'no', param: 'stream' }],
    ['in words', { message: 'Streaming is not supported.', param: null }],
  ])('is none for one who cannot stream and says so %s, streamed and whole', async (_how, said) => {
    const refusal = new NovaError({
      code: 'bad_request',
      message: 'planted',
      status: 400,
      body: { type: 'invalid_request_error', code: 'unsupported_value', ...said },
    });
    const steps = (index: number): ScriptStep[] => (index === 0 ? [refusal] : [{ waitMs: 150 }, ...answer('late')]);
    for (const stream of [true, false]) {
      const only = createScriptedProvider({ name: 'only', steps });
      const test = createTestApp({ providers: [only, reserve], config: { startMs: 100 } });
      const response = await test.ask({ messages: [{ role: 'user', content: 'hi' }], stream });
      expect(await response.text()).toContain('late');
      expect(only.calls).toHaveLength(2);
    }
  });

  it('is not given again after an answer that took all the time there is', async () => {
    const endless = new NovaError({ code: 'total_timeout', message: 'planted' });
    const first = scripted('first', chunk({ content: 'and ' }), { waitMs: 60 }, endless);
    const second = scripted('second', ...answer('never'));
    const { status } = await ask([first, second], {}, { config: { startMs: 50 } });
    expect(status).toBe(504);
    expect(second.calls).toHaveLength(0);
  });
});

describe('a whole answer', () => {
  it('has all that chunks say: several choices, calls, log probabilities, a refusal, citations, unknown members', async () => {
    const token = { token: 'a', logprob: -1, bytes: null, top_logprobs: [] };
    const say = (index: number, members: object): ChatChunk => ({
      ...chunk({}),
      system_fingerprint: 'fp',
      obfuscation: 'padding',
      choices: [{ index, delta: {}, finish_reason: null, ...members }],
    });
    const { completion } = await ask(
      [
        scripted(
          'all',
          say(1, { delta: { content: 'b' } }),
          say(0, { delta: { content: 'a', reasoning_content: 'hm', mood: 'kind' }, logprobs: { content: [token] } }),
          say(0, { delta: { annotations: [{ type: 'url_citation' }] }, logprobs: { content: [token] } }),
          say(0, { delta: { tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{' } }] } }),
          say(0, { delta: { tool_calls: [{ index: 0, function: { arguments: '}' } }] }, finish_reason: 'tool_calls' }),
          say(1, { delta: { refusal: 'no' }, finish_reason: 'stop' }),
          usageChunk,
        ),
        reserve,
      ],
      { n: 2 },
    );
    expect(completion).toEqual({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'scripted',
      system_fingerprint: 'fp',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          logprobs: { content: [token, token] },
          message: {
            role: 'assistant',
            content: 'a',
            refusal: null,
            reasoning_content: 'hm',
            mood: 'kind',
            annotations: [{ type: 'url_citation' }],
            tool_calls: [{ id: 'x', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
        },
        {
          index: 1,
          finish_reason: 'stop',
          logprobs: null,
          message: { role: 'assistant', content: 'b', refusal: 'no' },
        },
      ],
      usage: usageChunk.usage,
      nova: { provider: 'all', attempts: 1 },
    });
  });

  it('without end is given up, and begun anew by the next provider', async () => {
    const endless = Array.from({ length: 9 }, () => chunk({ content: 'x'.repeat(8_000_000) }));
    const second = scripted('second', ...answer('whole'));
    const { text } = await ask([scripted('first', ...endless), second]);
    expect(text).toBe('whole');
    expect(second.calls[0]?.request.messages).toHaveLength(1);
  });

  it('in speech is asked for whole', async () => {
    const provider = scripted('speaking', ...answer('x'));
    const stream = vi.spyOn(provider, 'stream');
    const { status } = await ask([provider], { modalities: ['text', 'audio'], audio: { voice: 'ash', format: 'wav' } });
    expect(status).toBe(200);
    expect(stream).not.toHaveBeenCalled();
  });
});
