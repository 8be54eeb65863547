import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createEventBuffer, type EventBuffer } from './event-buffer.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Writes until there is no room; gives how much, and what tells when there is room again. */
function fill(log: EventBuffer<number>): { count: number; hasRoom(): Promise<boolean> } {
  let count = 0;
  let isFree = false;
  let room: Promise<void> | undefined;
  while (!room && count < 10_000) {
    log.push(count++);
    room = log.room();
  }
  void room?.then(() => {
    isFree = true;
  });
  return { count, hasRoom: () => new Promise((resolve) => setImmediate(() => resolve(isFree))) };
}

async function readSome(reader: AsyncIterator<number> | undefined, count: number): Promise<number[]> {
  const events: number[] = [];
  while (events.length < count) events.push((await reader?.next())?.value);
  return events;
}

describe('createEventBuffer', () => {
  it('joins what waits, as far as it can be, and counts it as taken', async () => {
    const log = createEventBuffer<number>((first, second) => (second % 10 ? first + second : undefined));
    const [reader] = log.read(1, () => expect.unreachable());
    for (const event of [1, 2, 3, 10, 4]) log.push(event);
    expect(await readSome(reader, 1)).toEqual([6]);
    expect(log.taken()).toBe(3);
    expect(await readSome(reader, 1)).toEqual([14]);
    expect([log.taken(), log.length()]).toEqual([5, 5]);
  });

  it('makes room when the slower of two readers leaves, and loses nothing of the other', async () => {
    const log = createEventBuffer<number>();
    const [fast, slow] = log.read(2, () => expect.unreachable());
    const { count, hasRoom } = fill(log);
    const read = await readSome(fast, count - 10);
    expect(await hasRoom()).toBe(false);
    await slow?.return?.();
    expect(await hasRoom()).toBe(true);
    log.push(count);
    read.push(...(await readSome(fast, 11)));
    expect(read).toEqual(Array.from({ length: count + 1 }, (_, event) => event));
  });

  it('waits for its reader, though somebody asked for the end before', async () => {
    const log = createEventBuffer<number>();
    log.unbound();
    expect(fill(log).count).toBe(10_000);
    const [reader] = log.read(1, () => {});
    expect(log.room()).toBeDefined();
    await reader?.return?.();
  });

  it('takes all that comes when its reader asks for the end, and hands it on all the same', async () => {
    const log = createEventBuffer<number>();
    const [reader] = log.read(1, () => expect.unreachable());
    const { count, hasRoom } = fill(log);
    expect(await hasRoom()).toBe(false);
    log.unbound();
    expect(await hasRoom()).toBe(true);
    expect(log.room()).toBeUndefined();
    expect(await readSome(reader, count)).toEqual(Array.from({ length: count }, (_, event) => event));
  });

  it('counts what was handed to the slower reader, also when all have left', async () => {
    const log = createEventBuffer<number>();
    log.push(0);
    expect(log.taken()).toBeUndefined();
    const [fast, slow] = log.read(2, () => {});
    for (let event = 1; event < 9; event++) log.push(event);
    await readSome(fast, 5);
    await readSome(slow, 2);
    expect(log.taken()).toBe(2);
    await slow?.return?.();
    expect(log.taken()).toBe(5);
    await fast?.return?.();
    log.push(9);
    expect(log.taken()).toBe(2);
    expect(log.length()).toBe(10);
  });

  it('is read once', () => {
    const log = createEventBuffer<number>();
    log.read(1, () => {});
    expect(() => log.read(2, () => {})).toThrow(
      expect.objectContaining({ name: 'NovaError', code: 'already_read', message: expect.stringContaining('tee()') }),
    );
  });

  it('keeps nothing of what its reader has read', async () => {
    const log = createEventBuffer<object>();
    const [reader] = log.read(1, () => {});
    const event = new WeakRef({ big: true });
    log.push(event.deref() as object);
    for (let index = 0; index < 3; index++) log.push({ index });
    await reader?.next();
    await reader?.next();
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(event.deref()).toBeUndefined();
  });
});
