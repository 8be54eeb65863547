import { describe, expect, it } from 'vitest';
import { type ChatChunk, parseChunk, toChunk } from '../protocol/index.js';
import { createAccumulator } from './create-accumulator.js';

/** Accumulates choices as they stand on the wire, each in a chunk of its own. */
function accumulate(...choices: unknown[]): ReturnType<ReturnType<typeof createAccumulator>['toCompletion']> {
  const accumulator = createAccumulator();
  for (const choice of choices) {
    const parsed = parseChunk(JSON.stringify({ id: 'c', model: 'm', choices: [choice] }));
    if (parsed.type === 'chunk') accumulator.add(parsed.chunk);
  }
  return accumulator.toCompletion();
}
const delta = (members: unknown): unknown => ({ index: 0, delta: members });
const calls = (...fragments: unknown[]): unknown =>
  accumulate(...fragments.map((fragment) => delta({ tool_calls: [fragment] }))).choices[0]?.message.tool_calls;
const call = (id: string, name: string, args: string): unknown => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});

describe('createAccumulator', () => {
  it('gives an empty message before anything came', () => {
    expect(createAccumulator().toCompletion()).toEqual({
      id: '',
      object: 'chat.completion',
      created: 0,
      model: '',
      choices: [{ index: 0, message: { role: 'assistant', content: null, refusal: null }, finish_reason: null }],
    });
  });

  it.each<[string, unknown[], unknown]>([
    ['text', [delta({ content: 'a' }), delta({ content: 'b' })], { content: 'ab' }],
    ['null content and a missing role', [delta({ content: null }), delta({ content: 'a' })], { content: 'a' }],
    ['content as parts', [delta({ content: [{ type: 'text', text: 'a' }, { text: 'b' }] })], { content: 'ab' }],
    ['reasoning', [delta({ reasoning_content: 'a' }), delta({ reasoning_content: 'b' })], { reasoning_content: 'ab' }],
    ['a refusal', [delta({ refusal: 'no' }), delta({ refusal: '!' })], { refusal: 'no!', content: null }],
    ['unknown members', [delta({ audio: { id: 1 } })], { audio: { id: 1 } }],
    [
      'citations',
      [delta({ annotations: [{ type: 'a' }] }), delta({ annotations: [{ type: 'b' }] })],
      { annotations: [{ type: 'a' }, { type: 'b' }] },
    ],
  ])('puts together %s', (_, choices, message) => {
    expect(accumulate(...choices).choices[0]?.message).toMatchObject(message as object);
  });

  it.each<[string, unknown[], unknown[]]>([
    [
      'fragments of two calls',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } },
        { index: 1, id: 'b', function: { name: 'g', arguments: '' } },
        { index: 0, function: { arguments: ':1}' } },
        { index: 1, function: { arguments: '{}' } },
      ],
      [call('a', 'f', '{"x":1}'), call('b', 'g', '{}')],
    ],
    [
      'indexes out of order and with gaps',
      [
        { index: 4, id: 'b', function: { name: 'g', arguments: '2' } },
        { index: 1, id: 'a', function: { name: 'f', arguments: '1' } },
      ],
      [call('a', 'f', '1'), call('b', 'g', '2')],
    ],
    [
      'no index',
      [
        { id: 'a', function: { name: 'f', arguments: '{' } },
        { function: { arguments: '}' } },
        { id: 'b', function: { name: 'g', arguments: '{}' } },
      ],
      [call('a', 'f', '{}'), call('b', 'g', '{}')],
    ],
    [
      'neither index nor id for whole calls',
      [
        { function: { name: 'f', arguments: '{"a":1}' } },
        { function: { name: 'g', arguments: '{"b":' } },
        { function: { name: 'g', arguments: '2}' } },
      ],
      [call('call_0', 'f', '{"a":1}'), call('call_1', 'g', '{"b":2}')],
    ],
    [
      'neither index nor id, the name in fragments',
      [
        { function: { name: 'get_', arguments: '' } },
        { function: { name: 'time', arguments: '{' } },
        { function: { arguments: '}' } },
      ],
      [call('call_0', 'get_time', '{}')],
    ],
    [
      'the index 0 for each whole call',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } },
        { index: 0, id: 'b', function: { name: 'f', arguments: '{}' } },
      ],
      [call('a', 'f', '{}'), call('b', 'f', '{}')],
    ],
    ['no id', [{ index: 3, function: { name: 'f', arguments: '{}' } }], [call('call_3', 'f', '{}')]],
    [
      'the name on each fragment',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{' } },
        { index: 0, id: 'a', function: { name: 'f', arguments: '}' } },
      ],
      [call('a', 'f', '{}')],
    ],
    [
      'the name in fragments',
      [
        { index: 0, id: 'a', function: { name: 'get_' } },
        { index: 0, function: { name: 'time' } },
      ],
      [call('a', 'get_time', '')],
    ],
    [
      'null for what a fragment leaves out',
      [
        { index: 0, id: 'a', function: { name: 'get_weather', arguments: '{' } },
        { index: 0, id: null, function: { name: null, arguments: '}' } },
        { index: 0, id: null, function: { name: null, arguments: null } },
      ],
      [call('a', 'get_weather', '{}')],
    ],
    [
      'arguments as an object',
      [{ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }],
      [call('a', 'f', '{"x":1}')],
    ],
  ])('tells tool calls apart with %s', (_, fragments, expected) => expect(calls(...fragments)).toEqual(expected));

  it('tells whole calls apart that come together without index and id', () => {
    const fragments = ['{"a":1}', '{"b":2}'].map((args) => ({ function: { name: 'f', arguments: args } }));
    expect(accumulate(delta({ tool_calls: fragments })).choices[0]?.message.tool_calls).toEqual([
      call('call_0', 'f', '{"a":1}'),
      call('call_1', 'f', '{"b":2}'),
    ]);
  });

  it('keeps the type of a call that is no function', () => {
    const accumulator = createAccumulator();
    for (const fragment of [
      { id: 'a', type: 'custom', custom: { name: 'sql', input: 'select ' } },
      { custom: { input: '1' } },
    ]) {
      const chunk = parseChunk(JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0, ...fragment }] } }] }));
      if (chunk.type === 'chunk') accumulator.add(chunk.chunk);
    }
    const [call] = accumulator.toCompletion().choices[0]?.message.tool_calls ?? [];
    expect(call).toMatchObject({ id: 'a', type: 'custom', custom: { name: 'sql', input: 'select 1' } });
  });

  it('keeps choices apart, in order, and joins what chunks say of the whole', () => {
    const accumulator = createAccumulator();
    const add = (members: Partial<ChatChunk>): void =>
      accumulator.add({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], ...members });
    const choice = (index: number, content: string): ChatChunk['choices'][0] => ({
      index,
      delta: { content },
      finish_reason: null,
    });
    add({ choices: [choice(1, 'b')], nova: { provider: 'x', stream_id: 's' } });
    add({ choices: [choice(0, 'a')], nova: { attempts: 2 }, system_fingerprint: 'f', citations: ['x'] });
    add({ citations: ['x', 'y'] });
    add({ usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } });
    expect(accumulator.toCompletion()).toMatchObject({
      id: 'c',
      object: 'chat.completion',
      system_fingerprint: 'f',
      citations: ['x', 'y'],
      nova: { provider: 'x', stream_id: 's', attempts: 2 },
      usage: { total_tokens: 3 },
      choices: [
        { index: 0, message: { content: 'a' } },
        { index: 1, message: { content: 'b' } },
      ],
    });
  });

  it('joins log probabilities', () => {
    const part = (token: string): unknown => ({ index: 0, delta: {}, logprobs: { content: [{ token }] } });
    expect(accumulate(part('a'), part('b')).choices[0]?.logprobs?.content).toEqual([{ token: 'a' }, { token: 'b' }]);
  });

  it('gives copies that later chunks do not change', () => {
    const accumulator = createAccumulator();
    const add = (text: string): void => {
      const parsed = parseChunk(
        JSON.stringify({
          choices: [
            delta({
              content: text,
              annotations: [{ type: text }],
              tool_calls: [{ index: 0, function: { arguments: text } }],
            }),
          ],
        }),
      );
      if (parsed.type === 'chunk') accumulator.add(parsed.chunk);
    };
    add('a');
    const before = accumulator.toCompletion();
    const text = JSON.stringify(before);
    add('b');
    expect(JSON.stringify(before)).toBe(text);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'then', 'hasOwnProperty'])(
    'is not harmed by members named %s',
    (name) => {
      const hostile = `{"${name}":{"polluted":1},"content":"a","tool_calls":[{"index":0,"${name}":{"polluted":1},"function":{"${name}":{"polluted":1}}}]}`;
      const parsed = parseChunk(
        `{"${name}":{"polluted":1},"choices":[{"index":0,"${name}":{"polluted":1},"delta":${hostile}}]}`,
      );
      const accumulator = createAccumulator();
      if (parsed.type === 'chunk') accumulator.add(parsed.chunk);
      const completion = accumulator.toCompletion();
      expect(completion.choices[0]?.message.content).toBe('a');
      expect(Object.getPrototypeOf(completion)).toBe(Object.prototype);
      expect(Object.getPrototypeOf(completion.choices[0]?.message)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('takes back what toChunk made of a whole answer', () => {
    const completion = accumulate(
      delta({ content: 'a', tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{}' } }] }),
      { index: 0, delta: {}, finish_reason: 'tool_calls' },
    );
    const accumulator = createAccumulator();
    accumulator.add(toChunk(completion));
    expect(accumulator.toCompletion()).toEqual(completion);
  });
});
