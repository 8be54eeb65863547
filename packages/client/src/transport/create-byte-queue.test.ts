import { expect, it, vi } from 'vitest';
import { createByteQueue } from './create-byte-queue.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const toText = ({ done, value }: IteratorResult<Uint8Array>): string | undefined =>
  done ? undefined : new TextDecoder().decode(value);

function create() {
  const onDrain = vi.fn();
  const onLeave = vi.fn();
  const queue = createByteQueue(onDrain, onLeave);
  const iterator = queue.body[Symbol.asyncIterator]();
  return {
    ...queue,
    onDrain,
    onLeave,
    read: async () => toText(await iterator.next()),
    leave: () => iterator.return?.(),
  };
}

it('gives what comes at once in one piece, to a reader who waits and to one who comes later', async () => {
  const { push, read, end } = create();
  const waiting = read();
  for (const piece of ['a', 'b', 'c']) push(bytes(piece));
  expect(await waiting).toBe('abc');
  for (const piece of ['d', 'e']) push(bytes(piece));
  expect(await read()).toBe('de');
  const last = read();
  push(bytes('f'));
  end();
  expect([await last, await read(), await read()]).toEqual(['f', undefined, undefined]);
});

it('gives what came before a failure first', async () => {
  const { push, fail, read } = create();
  const waiting = read();
  push(bytes('a'));
  fail(new Error('broken'));
  expect(await waiting).toBe('a');
  await expect(read()).rejects.toThrow('broken');
});

it('ends a read that waits', async () => {
  const ended = create();
  const last = ended.read();
  ended.end();
  expect(await last).toBeUndefined();
  const failed = create();
  const read = failed.read();
  failed.fail(new Error('broken'));
  await expect(read).rejects.toThrow('broken');
  const left = create();
  const waiting = left.read();
  left.push(bytes('a'));
  await left.leave();
  expect(await waiting).toBeUndefined();
  expect(left.onLeave).toHaveBeenCalledOnce();
});

it('asks for a pause when enough waits, and goes on when it was read', async () => {
  const { push, read, onDrain } = create();
  expect(push(new Uint8Array(65_535))).toBe(true);
  expect(push(new Uint8Array(1))).toBe(false);
  expect(onDrain).not.toHaveBeenCalled();
  expect((await read())?.length).toBe(65_536);
  expect(onDrain).toHaveBeenCalledOnce();
});
