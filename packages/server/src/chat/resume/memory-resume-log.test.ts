import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStreamId } from './event-id.js';
import { MemoryResumeLog } from './memory-resume-log.js';
import { toOwnerKey } from './owner-key.js';
import type { ResumeFrame, ResumeLimits, ResumeWriter } from './resume-log.js';

const owner = toOwnerKey('Bearer abc');
const forever = new AbortController().signal;

function start(
  log: MemoryResumeLog,
  options: { owner?: string; countAs?: string; resumeMs?: number } = {},
): ResumeWriter {
  const writer = log.create({ streamId: createStreamId(), owner, resumeMs: 10_000, ...options });
  if (!writer) throw new Error('no room');
  return writer;
}

async function open(log: MemoryResumeLog, streamId: string, afterSeq = -1, signal = forever) {
  const frames = await log.read(streamId, { owner, afterSeq, signal });
  if (!frames) throw new Error('not found');
  return frames[Symbol.asyncIterator]();
}

async function drain(frames: AsyncIterator<ResumeFrame>): Promise<number[]> {
  const seqs: number[] = [];
  for (let next = await frames.next(); !next.done; next = await frames.next()) seqs.push(next.value.seq);
  return seqs;
}

const isKnown = async (log: MemoryResumeLog, streamId: string) => {
  const left = new AbortController();
  const frames = await log.read(streamId, { owner, afterSeq: -1, signal: left.signal });
  left.abort();
  return frames !== undefined;
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('MemoryResumeLog', () => {
  it('replays what was missed and goes on live until the end', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    for (const seq of [0, 1, 2]) writer.append(seq, `frame ${seq}`);
    const frames = await open(log, writer.streamId, 0);
    expect(await frames.next()).toEqual({ done: false, value: { seq: 1, frame: 'frame 1' } });
    expect(await frames.next()).toEqual({ done: false, value: { seq: 2, frame: 'frame 2' } });
    const live = frames.next();
    writer.append(3, 'frame 3');
    expect(await live).toEqual({ done: false, value: { seq: 3, frame: 'frame 3' } });
    const end = frames.next();
    writer.finish();
    expect(await end).toEqual({ done: true, value: undefined });
  });

  it('leaves out a frame that comes twice or late', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    for (const seq of [0, 1, 1, 0, 5, 4]) writer.append(seq, 'x');
    writer.finish();
    writer.append(6, 'after the end');
    expect(await drain(await open(log, writer.streamId))).toEqual([0, 1, 5]);
  });

  it('gives each of several readers every event once, however they interleave', async () => {
    type Step = { do: 'append' | 'join' | 'take' | 'leave' | 'wait'; pick: number };
    const step = fc.record<Step>({
      do: fc.constantFrom('append', 'append', 'append', 'join', 'take', 'take', 'leave', 'wait'),
      pick: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const log = new MemoryResumeLog();
        const writer = start(log);
        const written: number[] = [];
        const readers: {
          afterSeq: number;
          got: number[];
          frames: AsyncIterator<ResumeFrame>;
          pending: Promise<void>;
        }[] = [];
        const take = (reader: (typeof readers)[number]) => {
          reader.pending = reader.pending.then(async () => {
            const next = await reader.frames.next();
            if (!next.done) reader.got.push(next.value.seq);
          });
        };
        for (const { do: verb, pick } of steps) {
          const reader = readers[pick % Math.max(1, readers.length)];
          if (verb === 'append') {
            written.push((written.at(-1) ?? -1) + 1 + (pick % 3));
            writer.append(written.at(-1) ?? 0, 'x');
          } else if (verb === 'join') {
            const afterSeq = pick === 9 ? -1 : (written[pick] ?? -1);
            readers.push({
              afterSeq,
              got: [],
              frames: await open(log, writer.streamId, afterSeq),
              pending: Promise.resolve(),
            });
          } else if (verb === 'take' && reader) take(reader);
          else if (verb === 'leave' && reader) {
            readers.splice(readers.indexOf(reader), 1);
            await reader.frames.return?.();
          } else await Promise.resolve();
        }
        writer.finish();
        for (const reader of readers) {
          await reader.pending;
          reader.got.push(...(await drain(reader.frames)));
          expect(reader.got).toEqual(written.filter((seq) => seq > reader.afterSeq));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an unknown id', (id: string) => ({ id: `${id}x`, owner })],
    ['other credentials', (id: string) => ({ id, owner: toOwnerKey('Bearer abd') })],
    ['no credentials', (id: string) => ({ id, owner: '' })],
  ])('knows no stream for %s', async (_name, change) => {
    const log = new MemoryResumeLog();
    const { id, owner: other } = change(start(log).streamId);
    expect(await log.read(id, { owner: other, afterSeq: -1, signal: forever })).toBeUndefined();
    expect(await log.remove(id, other)).toBe(false);
  });

  it('forgets a stream some time after its end', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log, { resumeMs: 30_000 });
    const unread = start(log, { resumeMs: 30_000 });
    writer.finish();
    unread.finish();
    vi.advanceTimersByTime(29_999);
    // To look is to read, from which on the time counts anew.
    expect(await isKnown(log, writer.streamId)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await isKnown(log, unread.streamId)).toBe(false);
    vi.advanceTimersByTime(29_999);
    expect(await isKnown(log, writer.streamId)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never keeps one for more than 120 s, whatever was asked', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log, { resumeMs: 1e9 });
    writer.finish();
    vi.advanceTimersByTime(120_000);
    expect(await isKnown(log, writer.streamId)).toBe(false);
  });

  it('gives a generation up when nobody has read for that time, and not while someone does', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    vi.advanceTimersByTime(1e6);
    expect(writer.signal.aborted, 'the first connection is there').toBe(false);
    writer.detach();
    writer.detach();
    vi.advanceTimersByTime(9999);
    const left = new AbortController();
    await open(log, writer.streamId, -1, left.signal);
    vi.advanceTimersByTime(1e6);
    expect(writer.signal.aborted, 'a reader is there').toBe(false);
    left.abort();
    vi.advanceTimersByTime(9999);
    expect(writer.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(writer.signal.reason).toMatchObject({ code: 'aborted' });
    expect(await isKnown(log, writer.streamId)).toBe(false);
  });

  it('ends readers and generation when the owner removes the stream', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    writer.append(0, 'x');
    const frames = await open(log, writer.streamId, 0);
    const pending = frames.next();
    expect(await log.remove(writer.streamId, owner)).toBe(true);
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    expect(writer.signal.aborted).toBe(true);
    expect(await log.remove(writer.streamId, owner)).toBe(false);
  });

  it.each<[string, (frames: AsyncIterator<ResumeFrame>, left: AbortController) => void]>([
    ['aborts', (_frames, left) => left.abort()],
    ['returns', (frames) => void frames.return?.()],
  ])('lets go of a reader that %s while it waits', async (_name, leave) => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    const left = new AbortController();
    const frames = await open(log, writer.streamId, -1, left.signal);
    const pending = frames.next();
    leave(frames, left);
    expect(await pending).toEqual({ done: true, value: undefined });
    writer.detach();
    vi.advanceTimersByTime(10_000);
    expect(writer.signal.aborted, 'nobody counts as a reader any more').toBe(true);
  });

  it('counts a reader that never read, and whose signal had aborted before, as gone', async () => {
    const log = new MemoryResumeLog();
    const writer = start(log);
    writer.detach();
    expect(await drain(await open(log, writer.streamId, -1, AbortSignal.abort()))).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(writer.signal.aborted).toBe(true);
  });
});

describe('the limits of MemoryResumeLog', () => {
  const setUp = (limits: Partial<ResumeLimits>) => new MemoryResumeLog(limits);

  it('drops the log of a stream that grows too large, and leaves its first connection alone', async () => {
    const log = setUp({ maxStreamBytes: 2000 });
    const writer = start(log);
    const frames = await open(log, writer.streamId);
    writer.append(0, 'x'.repeat(1000));
    expect((await frames.next()).done).toBe(false);
    const pending = frames.next();
    writer.append(1, 'é'.repeat(500));
    await expect(pending).rejects.toMatchObject({ code: 'stream_interrupted', status: 502 });
    expect(await isKnown(log, writer.streamId)).toBe(false);
    expect(writer.signal.aborted, 'the first connection still reads').toBe(false);
    writer.append(2, 'x');
    writer.detach();
    expect(writer.signal.aborted, 'nobody can come back').toBe(true);
  });

  it('stops at once when a log grows too large that nobody reads', () => {
    const writer = start(setUp({ maxStreamBytes: 100 }));
    writer.detach();
    writer.append(0, 'x'.repeat(100));
    expect(writer.signal.reason).toMatchObject({ code: 'stream_interrupted' });
  });

  it('refuses more streams than an owner may have, and makes room by the oldest that has ended', async () => {
    const log = setUp({ maxStreamsPerOwner: 2 });
    const [first, second] = [start(log), start(log)];
    expect(log.create({ streamId: 'st_3', owner, resumeMs: 1 })).toBeUndefined();
    start(log, { owner: toOwnerKey('another') });
    start(log, { countAs: '192.0.2.1' });
    second.finish();
    start(log);
    expect([await isKnown(log, first.streamId), await isKnown(log, second.streamId)]).toEqual([true, false]);
  });

  it('refuses more streams than fit in all', () => {
    const log = setUp({ maxStreams: 3 });
    for (const name of ['a', 'b', 'c']) start(log, { owner: name });
    expect(log.create({ streamId: 'st_4', owner: 'd', resumeMs: 1 })).toBeUndefined();
  });

  it('does not let one id be taken twice', () => {
    const log = setUp({});
    const { streamId } = start(log);
    expect(log.create({ streamId, owner, resumeMs: 1 })).toBeUndefined();
  });

  it('gives up ended logs before living ones when the memory of all is used up', async () => {
    const log = setUp({ maxTotalBytes: 3000 });
    const [ended, living] = [start(log), start(log)];
    ended.append(0, 'x'.repeat(1000));
    ended.finish();
    living.append(0, 'x'.repeat(1500));
    living.append(1, 'x'.repeat(1000));
    expect([await isKnown(log, ended.streamId), await isKnown(log, living.streamId)]).toEqual([false, true]);
    living.append(2, 'x'.repeat(1000));
    expect(await isKnown(log, living.streamId)).toBe(false);
    const next = start(log);
    next.append(0, 'x'.repeat(2900));
    expect(await isKnown(log, next.streamId), 'all bytes came back').toBe(true);
  });

  it('is empty and without timers after 2,000 streams with every kind of end', async () => {
    const log = setUp({ maxStreams: 50, maxStreamsPerOwner: 50, maxTotalBytes: 3000, maxStreamBytes: 800 });
    for (let count = 0; count < 2000; count++) {
      const writer = log.create({ streamId: createStreamId(), owner, resumeMs: 1000 });
      writer?.append(0, 'x'.repeat((count * 37) % 900));
      if (count % 3 === 0) writer?.finish();
      if (count % 3 === 1) writer?.detach();
      if (count % 3 === 2 && writer) await log.remove(writer.streamId, owner);
      if (count % 10 === 0) vi.advanceTimersByTime(300);
    }
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
    const writer = start(log);
    writer.append(0, 'x'.repeat(700));
    expect(await isKnown(log, writer.streamId)).toBe(true);
  });

  it('stops everything when it is closed', async () => {
    const log = setUp({});
    const writers = [start(log), start(log)];
    await log.close();
    expect(writers.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
