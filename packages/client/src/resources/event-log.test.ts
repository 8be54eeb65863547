import { describe, expect, it } from 'vitest';
import { createEventLog, type EventLog } from './event-log.js';

/** Writes until there is no room; gives how much, and what tells when there is room again. */
function fill(log: EventLog<number>): { count: number; hasRoom(): Promise<boolean> } {
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

describe('createEventLog', () => {
  it('makes room when the slower of two readers leaves, and loses nothing of the other', async () => {
    const log = createEventLog<number>();
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

  it('waits for its reader, though somebody waits for the end too', async () => {
    const log = createEventLog<number>();
    log.unbound();
    expect(fill(log).count).toBe(10_000);
    const [reader] = log.read(1, () => {});
    expect(log.room()).toBeDefined();
    log.unbound();
    expect(log.room()).toBeDefined();
    await reader?.return?.();
    log.unbound();
    expect(log.room()).toBeUndefined();
  });
});
