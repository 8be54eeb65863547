import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLineWriter } from './line-writer.js';

/** A stream that takes a piece, and the next one only when it is let. */
function createSlowStream(): { stream: Writable; pieces: string[]; goOn: () => void } {
  const pieces: string[] = [];
  let goOn = (): void => undefined;
  const stream = new Writable({
    decodeStrings: false,
    write(piece: string, _, done) {
      pieces.push(piece);
      goOn = done;
    },
  });
  return { stream, pieces, goOn: () => goOn() };
}

it('writes lines that come together in one piece, in order', async () => {
  const { stream, pieces, goOn } = createSlowStream();
  const lines = createLineWriter(stream);
  for (const line of ['a\n', 'b\n', 'c\n']) lines.write(line);
  expect(pieces).toEqual([]);
  await expect.poll(() => pieces).toEqual(['a\nb\nc\n']);
  goOn();
  lines.write('d\n');
  await expect.poll(() => pieces).toEqual(['a\nb\nc\n', 'd\n']);
});

it('says when all has gone out', async () => {
  const { stream, pieces, goOn } = createSlowStream();
  const lines = createLineWriter(stream);
  lines.write('a\n');
  let state = 'waiting';
  const flushed = lines.flush().then(() => {
    state = 'flushed';
  });
  await Promise.resolve();
  expect([pieces, state]).toEqual([['a\n'], 'waiting']);
  goOn();
  await flushed;
  await lines.flush();
});

it('does not wait for a reader who does not read', async () => {
  const { stream } = createSlowStream();
  const lines = createLineWriter(stream);
  lines.write('a\n');
  await lines.flush();
  expect(stream.writableLength).toBe(2);
});

it('keeps no more than 4 MiB for a reader who does not read', () => {
  const { stream, pieces } = createSlowStream();
  const lines = createLineWriter(stream);
  const line = `${'x'.repeat(65_535)}\n`;
  for (let index = 0; index < 200; index += 1) {
    lines.write(line);
    if (index % 50 === 49) void lines.flush();
  }
  expect(pieces.length).toBe(1);
  expect(stream.writableLength).toBeLessThanOrEqual(4_194_304 + line.length);
});

it('is silent about a stream that has broken', async () => {
  const stream = new PassThrough();
  const lines = createLineWriter(stream);
  stream.destroy(new Error('EPIPE'));
  await expect.poll(() => stream.closed).toBe(true);
  lines.write('a\n');
  await lines.flush();
});
