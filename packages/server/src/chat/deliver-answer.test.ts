import type { ChatChunk } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it, vi } from 'vitest';
import { createTestApp } from '../testing/create-test-app.js';
import { readSseText } from '../testing/read-sse-text.js';
import {
  answer,
  chunk,
  createScriptedProvider,
  type ScriptedProvider,
  type ScriptStep,
  usageChunk,
} from '../testing/scripted-provider.js';

const stream = { messages: [{ role: 'user', content: 'hi' }], stream: true };
const broken = new NovaError({ code: 'stream_interrupted', message: 'planted' });

async function ask(
  providers: ScriptedProvider[],
  body: object = {},
  headers: Record<string, string> = {},
): Promise<ReturnType<typeof readSseText> & { switches: unknown[]; lines: () => Record<string, unknown>[] }> {
  const test = createTestApp({ providers });
  const read = readSseText(await (await test.ask({ ...stream, ...body }, headers)).text());
  const switches = read.events.flatMap((event) =>
    event === '[DONE]' ? [] : ((event as unknown as ChatChunk).nova?.switched ?? []),
  );
  return { ...read, switches, lines: test.lines };
}

describe.each([1, 2, 100])('an answer that breaks in the middle, with at most %i chunks at a time,', (batchSize) => {
  const scripted = (name: string, ...steps: ScriptStep[]): ScriptedProvider =>
    createScriptedProvider({ name, batchSize, steps: () => steps });

  /** Says these words, and breaks off. */
  const breaking = (name: string, ...words: string[]): ScriptedProvider =>
    scripted(name, ...answer(...words).slice(0, -1), broken);

  it.each<NovaError['code']>([
    'stream_interrupted',
    'stream_truncated',
    'idle_timeout',
    'stream_error',
    'invalid_stream',
  ])('by %s is gone on with by the next provider', async (code) => {
    const first = scripted(
      'first',
      chunk({ role: 'assistant', content: 'The quick ' }),
      new NovaError({ code, message: 'planted' }),
    );
    const second = scripted('second', ...answer('The quick brown', ' fox'));
    const { text, errors, events, ids, switches, lines } = await ask([first, second]);
    expect(text).toBe('The quick brown fox');
    expect(errors).toEqual([]);
    expect(events.at(-1)).toBe('[DONE]');
    expect(new Set(ids).size).toBe(events.length);
    expect(switches).toEqual([{ from: 'first', to: 'second', reason: expect.stringMatching(/^upstream_/) }]);
    expect(events.filter((event) => JSON.stringify(event).includes('"role"'))).toHaveLength(1);
    expect(second.calls[0]?.request.messages).toMatchObject([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'The quick ' },
      { role: 'user', content: expect.stringContaining('"The quick"') },
    ]);
    await vi.waitFor(() =>
      expect(lines().at(-1)).toMatchObject({ outcome: 'complete', provider: 'second', attempts: 2, switches: 1 }),
    );
  });

  it('keeps one id for all its chunks', async () => {
    const rest = answer('said more').map((one) => ({ ...one, id: 'other', created: 2 }));
    const { events, text } = await ask([breaking('first', 'half ', 'is '), scripted('second', ...rest)]);
    expect(text).toBe('half is said more');
    const ids = new Set(events.flatMap((event) => (event === '[DONE]' ? [] : [event['id']])));
    expect(ids.size).toBe(1);
  });

  it('goes over twice, and not a third time', async () => {
    const providers = ['a', 'b', 'c'].map((name) => breaking(name, `${name}-one `, `${name}-two `));
    const { text, switches, errors, events } = await ask([...providers, scripted('d', ...answer('never'))]);
    expect(text).toBe('a-one a-two b-one b-two c-one c-two ');
    expect(switches).toMatchObject([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ]);
    expect(errors).toMatchObject([{ code: 'upstream_stream_interrupted' }]);
    expect(events).not.toContain('[DONE]');
  });

  it('skips one who cannot begin, who only quotes, or who begins anew in other words', async () => {
    const { text, switches } = await ask([
      breaking('first', 'The shop is open on Monday', ' from nine'),
      scripted('refusing', new NovaError({ code: 'connection_error', message: 'planted' })),
      createScriptedProvider({ name: 'quoting', continues: false, steps: () => answer('A passage.') }),
      scripted('wandering', ...answer('The shop is open on Mondays and on')),
      scripted('last', ...answer('from nine to five.')),
    ]);
    expect(text).toBe('The shop is open on Monday from nine to five.');
    expect(switches).toEqual([{ from: 'first', to: 'last', reason: 'upstream_stream_interrupted' }]);
  });

  it('does not ask one again that has failed for this answer', async () => {
    const refusing = scripted('refusing', new NovaError({ code: 'connection_error', message: 'planted' }));
    const { errors } = await ask([refusing, breaking('second', 'half')]);
    expect(errors).toHaveLength(1);
    expect(refusing.calls).toHaveLength(1);
  });

  it('adds up what all have cost, and guesses for those who did not say', async () => {
    const options = { stream_options: { include_usage: true } };
    const knowing = scripted(
      'first',
      { ...chunk({ content: 'half ' }), usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 } },
      broken,
    );
    const second = scripted('second', ...answer('done'), usageChunk);
    const known = await ask([knowing, second], options);
    expect(known.events.at(-2)).toMatchObject({ usage: { prompt_tokens: 13, completion_tokens: 6, total_tokens: 19 } });
    const guessed = await ask(
      [breaking('first', '12345678'), scripted('second', ...answer('done'), usageChunk)],
      options,
    );
    expect(guessed.events.at(-2)).toMatchObject({ usage: { prompt_tokens: 4, completion_tokens: 4, total_tokens: 8 } });
  });

  it('gives what was held back when the next ends at once', async () => {
    const { text, events } = await ask([
      breaking('first', 'one two three'),
      scripted('second', chunk({ content: 'three' }), chunk({}, 'stop')),
    ]);
    expect(text).toBe('one two three');
    expect(events.at(-1)).toBe('[DONE]');
    const bare = await ask([breaking('first', 'one two '), scripted('second', chunk({ content: 'on' }))]);
    expect(bare.text).toBe('one two on');
  });

  const call = { index: 0, id: 'c', type: 'function' as const, function: { name: 'f', arguments: '{' } };
  it.each<[string, ScriptStep[], object, Record<string, string>]>([
    ['with a tool call under way', [chunk({ content: 'x' }), chunk({ tool_calls: [call] }), broken], {}, {}],
    ['with a refusal', [chunk({ refusal: 'no' }), broken], {}, {}],
    ['in JSON', [chunk({ content: '{' }), broken], { response_format: { type: 'json_object' } }, {}],
    [
      'after a schema',
      [chunk({ content: '{' }), broken],
      { response_format: { type: 'json_schema', json_schema: { name: 'a' } } },
      {},
    ],
    ['of several choices', [chunk({ content: 'x' }), broken], { n: 2 }, {}],
    ['with probabilities', [chunk({ content: 'x' }), broken], { logprobs: true }, {}],
    ['that is longer than any', [chunk({ content: 'x'.repeat(1_048_577) }), broken], {}, {}],
    ['that is not to be gone on with', [chunk({ content: 'x' }), broken], {}, { 'nova-on-failure': 'terminate' }],
  ])('%s ends with an error in the stream', async (_name, steps, body, headers) => {
    const second = scripted('second', ...answer('y'));
    const { errors, events, switches } = await ask([scripted('first', ...steps), second], body, headers);
    expect(errors).toMatchObject([{ code: 'upstream_stream_interrupted', type: 'server_error' }]);
    expect(events).not.toContain('[DONE]');
    expect(switches).toEqual([]);
    expect(second.calls).toHaveLength(0);
  });

  it('asks nobody for a caller who has left', async () => {
    const second = scripted('second', ...answer('y'));
    const test = createTestApp({ providers: [scripted('first', chunk({ content: 'x' }), 'hang'), second] });
    const reader = (await test.ask(stream)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ outcome: 'aborted' }));
    expect(second.calls).toHaveLength(0);
  });
});
