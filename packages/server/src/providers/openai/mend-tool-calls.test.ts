import { type ChatChunk, parseChunk } from '@nova-chat/client/protocol';
import { describe, expect, it } from 'vitest';
import { createToolCallMender } from './mend-tool-calls.js';

/** Each fragment in a chunk of its own, or several in one. */
function mend(...chunks: unknown[][]): unknown[] {
  const mendCalls = createToolCallMender();
  return chunks.flatMap((fragments) => {
    const delta = { tool_calls: fragments };
    const parsed = parseChunk(JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] }));
    const { chunk } = parsed as { chunk: ChatChunk };
    mendCalls(chunk);
    return chunk.choices[0]?.delta.tool_calls ?? [];
  });
}

const whole = (id: string | undefined, index?: number): object => ({
  ...(id ? { id } : {}),
  ...(index === undefined ? {} : { index }),
  function: { name: 'f', arguments: '{}' },
});
const named = (name: string, args: string): object => ({ function: { name, arguments: args } });
const part = (text: string, index?: number): object => ({
  ...(index === undefined ? {} : { index }),
  function: { arguments: text },
});

describe('createToolCallMender', () => {
  it('leaves alone what is right', () => {
    const right = [{ ...whole('a', 1), type: 'function' }, part('x', 1), { ...whole('b', 0), type: 'function' }];
    expect(mend(...right.map((fragment) => [fragment]))).toEqual(right);
  });

  it.each<[string, unknown[][], object[]]>([
    [
      'no index on whole calls',
      [[whole('a'), whole('b')]],
      [
        { index: 0, id: 'a' },
        { index: 1, id: 'b' },
      ],
    ],
    [
      'no index on fragments',
      [[whole('a')], [part('x')], [whole('b')], [part('y')]],
      [{ index: 0, id: 'a' }, { index: 0 }, { index: 1, id: 'b' }, { index: 1 }],
    ],
    [
      'neither index nor id on whole calls',
      [[named('f', '{"a":1}'), named('g', '{"b":2}')], [named('g', '{"c":3}')], [named('h', '{}')]],
      [{ index: 0 }, { index: 1 }, { index: 1 }, { index: 2 }],
    ],
    [
      'neither index nor id on whole calls of one function',
      [[named('f', '{"a":1}'), named('f', '{"b":2}')]],
      [{ index: 0 }, { index: 1 }],
    ],
    [
      'neither index nor id on fragments, the name in two',
      [[named('get_', '')], [named('time', '')], [part('{')], [part('}')]],
      [{ index: 0 }, { index: 0 }, { index: 0 }, { index: 0 }],
    ],
    ['one index on whole calls', [[whole('a', 0)], [whole('b', 0)]], [{ index: 0 }, { index: 1 }]],
    ['the id on each fragment', [[whole('a', 0)], [{ id: 'a', ...part('x', 0) }]], [{ index: 0 }, { index: 0 }]],
    [
      'no ids',
      [[whole(undefined, 0)], [whole(undefined, 1)]],
      [
        { index: 0, id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/), type: 'function' },
        { index: 1, id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/), type: 'function' },
      ],
    ],
  ])('puts right: %s', (_, chunks, expected) => expect(mend(...chunks)).toMatchObject(expected));

  it('keeps the first id of a call when another one comes late', () => {
    const late = { id: 'late', ...part('{}', 0) };
    const fragments = mend([{ index: 0, ...named('f', '') }], [late], [late]) as { index: number; id?: string }[];
    expect(fragments.map(({ index }) => index)).toEqual([0, 0, 0]);
    expect(fragments.map(({ id }) => id)).toEqual([expect.stringMatching(/^[a-zA-Z0-9]{9}$/), undefined, undefined]);
  });

  it('counts the calls of each choice by themselves', () => {
    const mendCalls = createToolCallMender();
    const choices = [0, 1].map((index) => ({ index, delta: { tool_calls: [whole('a')] }, finish_reason: null }));
    const chunk = { id: '', created: 0, model: '', object: 'chat.completion.chunk', choices } as unknown as ChatChunk;
    mendCalls(chunk);
    expect(chunk.choices.map(({ delta }) => delta.tool_calls?.[0]?.index)).toEqual([0, 0]);
  });
});
