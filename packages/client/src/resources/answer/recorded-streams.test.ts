import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../create-client.js';
import type { ChatChunk, Usage } from '../../protocol/index.js';
import { createScriptedTransport } from '../../testing/create-scripted-transport.js';
import { randomCuts, toBytes } from '../../testing/cut-bytes.js';

/** Streams recorded from real providers; they are not part of this project. */
const folder = process.env['NOVA_RECORDED_STREAMS'];

interface Recording {
  name: string;
  body: string;
  chunks: ChatChunk[];
}

function load(): Recording[] {
  if (!folder) return [];
  return readdirSync(folder)
    .filter((name) => /\.(?:sse|chunks\.txt)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const lines = text.split(/\r?\n/).map((line) => line.replace(/^data: ?/, ''));
      const chunks = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as ChatChunk);
      const wrapped = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
      return { name, chunks, body: name.endsWith('.sse') ? text : `${wrapped}data: [DONE]\n\n` };
    })
    .filter(({ chunks }) => chunks.some(({ choices }) => Array.isArray(choices) && choices[0]?.delta));
}

/** What stands in a recording, put together in the plainest way. */
function expected(chunks: ChatChunk[]): Record<string, unknown> {
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  const join_ = (...members: string[]): string =>
    choices
      .map(({ delta }) => members.map((member) => delta[member]).find((value) => typeof value === 'string') ?? '')
      .join('');
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for (const { index, id, function: fragment } of choices.flatMap(({ delta }) => delta.tool_calls ?? [])) {
    const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
    calls.set(index, call);
    call.id ||= id ?? '';
    call.name ||= fragment?.name ?? '';
    call.arguments += fragment?.arguments ?? '';
  }
  return {
    text: join_('content'),
    reasoning: join_('reasoning_content', 'reasoning'),
    calls: [...calls.values()],
    usage: chunks.reduce<Usage | undefined>((usage, chunk) => chunk.usage ?? usage, undefined),
    finishReason: choices.reduce<string | null>((reason, choice) => choice.finish_reason ?? reason, null),
  };
}

const chunkings: [string, (bytes: Uint8Array) => Uint8Array[]][] = [
  ['whole', (bytes) => [bytes]],
  ['byte by byte', (bytes) => [...bytes].map((byte) => Uint8Array.of(byte))],
  ['in pieces of 7', (bytes) => toPieces(bytes, 7)],
  ['in pieces of 1,400', (bytes) => toPieces(bytes, 1_400)],
  ['at random', (bytes) => randomCuts(bytes, 1)],
];

function toPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.slice(at * size, (at + 1) * size));
}

describe('recorded streams', () => {
  const recordings = load();

  it('are there when they were named', () => expect(recordings.length > 10).toBe(folder !== undefined));

  if (recordings.length === 0) return;

  it.each(recordings.flatMap((recording) => chunkings.map(([how, cut]) => ({ ...recording, how, cut }))))(
    'gives all of $name, cut $how',
    async ({ body, chunks, cut }) => {
      const transport = createScriptedTransport([{ body: cut(toBytes(body)) }]);
      const stream = createClient({ baseUrl: '', transport }).chat.stream({ messages: [] });
      const { outcome, message, text, usage, completion } = await stream.result();
      const calls = (await stream.toolCalls()).map(({ id, name, arguments: args }) => ({ id, name, arguments: args }));
      expect(outcome).toBe('complete');
      expect({
        text,
        reasoning: message.reasoning_content ?? '',
        calls,
        usage,
        finishReason: completion.choices[0]?.finish_reason,
      }).toEqual(expected(chunks));
    },
  );
});
