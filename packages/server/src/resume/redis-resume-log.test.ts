import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../../../../test/support/redis.js';
import { type RunningScript, startScript } from '../../../../test/support/start-script.js';
import { connectRedis } from '../redis/connect-redis.js';
import { createStreamId } from './event-id.js';
import { toOwnerKey } from './owner-key.js';
import { RedisResumeLog } from './redis-resume-log.js';
import type { ResumeFrame, ResumeLimits, ResumeLog, ResumeWriter } from './resume-log.js';
import type { WriterTask } from './testing/writer-process.js';

const owner = toOwnerKey('Bearer abc');
const forever = new AbortController().signal;
const soon = { timeout: 8000, interval: 20 };
const undo: (() => Promise<void>)[] = [];
let redis: RunningRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => redis.stop());

interface InstanceOptions {
  url?: string;
  limits?: Partial<ResumeLimits>;
  times?: { flushMs?: number; beatMs?: number; silenceMs?: number };
}

/** One instance of a server, as far as its resume log goes. */
async function startInstance(options: InstanceOptions = {}) {
  const { url = redis.url, limits = {} } = options;
  const lines: string[] = [];
  const connection = await connectRedis({ url, log: (line) => lines.push(line) });
  const times = { flushMs: 2, pollMs: 5, beatMs: 100, ...options.times };
  const log = new RedisResumeLog({ redis: connection, limits, ...times });
  undo.push(async () => {
    await log.close();
    await connection.close();
  });
  await vi.waitFor(() => expect(['ready', 'reconnecting']).toContain(connection.commands.status), soon);
  return { log, lines, commands: connection.commands };
}

function start(log: ResumeLog, resumeMs = 20_000): ResumeWriter {
  const writer = log.create({ streamId: createStreamId(), owner, resumeMs });
  if (!writer) throw new Error('no room');
  return writer;
}

/** Asks until the mirror has written the head of the log. */
function open(log: ResumeLog, streamId: string, afterSeq = -1, signal = forever) {
  return vi.waitFor(async () => {
    const frames = await log.read(streamId, { owner, afterSeq, signal });
    if (!frames) throw new Error('not found');
    return frames[Symbol.asyncIterator]();
  }, soon);
}

async function drain(frames: AsyncIterator<ResumeFrame>): Promise<ResumeFrame[]> {
  const got: ResumeFrame[] = [];
  for (let next = await frames.next(); !next.done; next = await frames.next()) got.push(next.value);
  return got;
}

/** An instance in a process of its own, which writes one log. */
function startWriterProcess(task: WriterTask): Promise<RunningScript> {
  return startScript(join(import.meta.dirname, 'testing/writer-process.ts'), JSON.stringify(task), 'writing');
}

const toSeqs = (frames: ResumeFrame[]) => frames.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('RedisResumeLog', () => {
  it('serves at one instance what another writes: what was missed, then live', async () => {
    const [one, other] = [await startInstance(), await startInstance()];
    const writer = start(one.log);
    for (const seq of range(0, 600)) writer.append(seq, `frame ${seq} é\r\n`);
    const frames = await open(other.log, writer.streamId, 9);
    const reading = drain(frames);
    for (const seq of range(600, 700)) {
      writer.append(seq, `frame ${seq} é\r\n`);
      if (seq % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    }
    writer.finish();
    const got = await reading;
    expect(toSeqs(got)).toEqual(range(10, 700));
    expect(got.every(({ seq, frame }) => frame === `frame ${seq} é\r\n`)).toBe(true);
    expect([...one.lines, ...other.lines]).toEqual([]);
  });

  it('writes what came while it paused, without waiting for more', async () => {
    const one = await startInstance({ times: { flushMs: 100, beatMs: 60_000 } });
    const other = await startInstance();
    const writer = start(one.log, 120_000);
    const frames = await open(other.log, writer.streamId);
    writer.append(0, 'x');
    expect((await frames.next()).value?.seq).toBe(0);
    await frames.return?.();
  });

  it('reads its own streams from memory, at once', async () => {
    const { log } = await startInstance();
    const writer = start(log);
    writer.append(0, 'x');
    writer.finish();
    expect(toSeqs(await drain(await open(log, writer.streamId)))).toEqual([0]);
  });

  it('gives readers at both instances every event once, however they interleave', async () => {
    const instances = [await startInstance(), await startInstance()];
    const step = fc.record({
      frames: fc.nat(40),
      pauseMs: fc.nat(4),
      joins: fc.boolean(),
      at: fc.nat(1),
      gap: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const writer = start(instances[0]?.log as ResumeLog);
        const written: number[] = [];
        const readings: { afterSeq: number; got: Promise<ResumeFrame[]> }[] = [];
        for (const { frames, pauseMs, joins, at, gap } of steps) {
          for (let count = 0; count < frames; count++) {
            written.push((written.at(-1) ?? -1) + 1 + gap);
            writer.append(written.at(-1) ?? 0, 'x');
          }
          if (joins) {
            const afterSeq = written[Math.floor(written.length / 2)] ?? -1;
            const reading = await open(instances[at]?.log as ResumeLog, writer.streamId, afterSeq);
            readings.push({ afterSeq, got: drain(reading) });
          }
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
        writer.finish();
        for (const { afterSeq, got } of readings) {
          expect(toSeqs(await got)).toEqual(written.filter((seq) => seq > afterSeq));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it.each([
    ['an unknown id', 'x', owner],
    ['other credentials', '', toOwnerKey('Bearer abd')],
    ['no credentials', '', ''],
  ])('knows no stream for %s', async (_name, suffix, asker) => {
    const [one, other] = [await startInstance(), await startInstance()];
    const { streamId } = start(one.log);
    await open(other.log, streamId);
    const asked = { owner: asker, afterSeq: -1, signal: forever };
    expect(await other.log.read(streamId + suffix, asked)).toBeUndefined();
    expect(await other.log.remove(streamId + suffix, asker)).toBe(false);
  });

  it('stops the generation when the owner removes the stream at another instance', async () => {
    const [one, other, third] = [await startInstance(), await startInstance(), await startInstance()];
    const writer = start(one.log);
    const reading = drain(await open(third.log, writer.streamId));
    const checked = expect(reading).rejects.toMatchObject({ code: 'aborted' });
    await open(other.log, writer.streamId);
    expect(await other.log.remove(writer.streamId, owner)).toBe(true);
    await vi.waitFor(() => expect(writer.signal.aborted).toBe(true), soon);
    await checked;
    expect(await other.log.remove(writer.streamId, owner)).toBe(false);
  });

  it('tells a reader elsewhere when the log grew too large', async () => {
    const [one, other] = [await startInstance({ limits: { maxStreamBytes: 1000 } }), await startInstance()];
    const writer = start(one.log);
    const reading = drain(await open(other.log, writer.streamId));
    const checked = expect(reading).rejects.toMatchObject({ code: 'stream_interrupted' });
    writer.append(0, 'x'.repeat(2000));
    await checked;
    expect(writer.signal.aborted).toBe(false);
  });

  it('goes on generating while someone reads elsewhere, and gives up some time after they left', async () => {
    const [one, other] = [await startInstance(), await startInstance()];
    const writer = start(one.log, 1500);
    writer.append(0, 'x');
    const left = new AbortController();
    const frames = await open(other.log, writer.streamId, -1, left.signal);
    const reading = drain(frames);
    writer.detach();
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(writer.signal.aborted).toBe(false);
    left.abort();
    expect(toSeqs(await reading)).toEqual([0]);
    await vi.waitFor(() => expect(writer.signal.aborted).toBe(true), soon);
  }, 20_000);

  it('leaves nothing behind in Redis', async () => {
    const [one, other] = [await startInstance(), await startInstance()];
    const writer = start(one.log, 300);
    writer.append(0, 'x');
    const reading = drain(await open(other.log, writer.streamId));
    writer.finish();
    await reading;
    await vi.waitFor(async () => expect(await other.commands.keys(`*${writer.streamId}*`)).toEqual([]), soon);
    expect(await other.log.read(writer.streamId, { owner, afterSeq: -1, signal: forever })).toBeUndefined();
  });
});

describe('RedisResumeLog over two processes', () => {
  it('reads what another process wrote, to the end', async () => {
    const { log } = await startInstance();
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 60, paceMs: 5 };
    const writer = await startWriterProcess(task);
    undo.push(writer.kill);
    expect(toSeqs(await drain(await open(log, streamId)))).toEqual(range(0, 60));
    expect(toSeqs(await drain(await open(log, streamId, 57)))).toEqual([58, 59]);
  }, 30_000);

  it('ends readers with a typed error when the writer is killed, after all that it had written', async () => {
    const { log } = await startInstance({ times: { silenceMs: 1000 } });
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 1e6, paceMs: 5 };
    const writer = await startWriterProcess(task);
    const frames = await open(log, streamId);
    const got: number[] = [];
    const reading = (async () => {
      for (let next = await frames.next(); !next.done; next = await frames.next()) got.push(next.value.seq);
    })();
    const checked = expect(reading).rejects.toMatchObject({ code: 'stream_interrupted', status: 502 });
    await vi.waitFor(() => expect(got.length).toBeGreaterThan(20), soon);
    await writer.kill();
    await checked;
    expect(got).toEqual(range(0, got.length));
  }, 30_000);

  it('stops a generation in another process', async () => {
    const { log } = await startInstance();
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 1e6, paceMs: 5 };
    const writer = await startWriterProcess(task);
    undo.push(writer.kill);
    await open(log, streamId);
    expect(await log.remove(streamId, owner)).toBe(true);
    await vi.waitFor(() => expect(writer.output()).toContain('stopped: The answer was stopped'), soon);
  }, 30_000);
});

describe('RedisResumeLog without Redis', () => {
  it('serves its own streams from memory, and knows no others', async () => {
    const gone = await startRedis();
    await gone.stop();
    const { log, lines } = await startInstance({ url: gone.url });
    const writer = start(log);
    writer.append(0, 'x');
    const reading = drain(await open(log, writer.streamId));
    writer.append(1, 'y');
    writer.finish();
    expect(toSeqs(await reading)).toEqual([0, 1]);
    expect(await log.read('st_other', { owner, afterSeq: -1, signal: forever })).toBeUndefined();
    expect(await log.remove('st_other', owner)).toBe(false);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ECONNREFUSED');
  });

  it('does not wait long for a Redis that answers nothing about a stream elsewhere', async () => {
    const own = await startRedis();
    undo.push(own.stop);
    const { log } = await startInstance({ url: own.url });
    own.freeze();
    const startedAt = performance.now();
    expect(await log.read('st_other', { owner, afterSeq: -1, signal: forever })).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('writes all of a log again for a Redis that was started anew', async () => {
    const own = await startRedis();
    const [one, other] = [await startInstance({ url: own.url }), await startInstance({ url: own.url })];
    const writer = start(one.log);
    for (const seq of range(0, 50)) writer.append(seq, `frame ${seq}`);
    const frames = await open(other.log, writer.streamId);
    expect((await frames.next()).value).toEqual({ seq: 0, frame: 'frame 0' });
    await own.stop();
    for (const seq of range(50, 100)) writer.append(seq, `frame ${seq}`);
    const again = await startRedis({ port: own.port });
    undo.push(again.stop);
    writer.finish();
    expect(toSeqs(await drain(frames))).toEqual(range(1, 100));
    expect(toSeqs(await drain(await open(other.log, writer.streamId)))).toEqual(range(0, 100));
  }, 20_000);

  it.each<
    [string, (own: RunningRedis, one: Awaited<ReturnType<typeof startInstance>>) => Promise<() => Promise<unknown>>]
  >([
    [
      'answers nothing',
      async (own) => {
        own.freeze();
        return async () => own.thaw();
      },
    ],
    [
      'takes 5 s to answer',
      async (_own, { commands }) => {
        await commands.client('PAUSE', 5000, 'ALL');
        return async () => {};
      },
    ],
    [
      'is read-only',
      async (_own, { commands }) => {
        await commands.replicaof('127.0.0.1', 1);
        return () => commands.replicaof('NO', 'ONE');
      },
    ],
    [
      'has no memory left',
      async (_own, { commands }) => {
        await commands.config('SET', 'maxmemory', '1');
        return () => commands.config('SET', 'maxmemory', '0');
      },
    ],
  ])(
    'never holds an answer up while Redis %s, and makes up for it afterwards',
    async (_name, harm) => {
      const own = await startRedis();
      undo.push(own.stop);
      const times = { silenceMs: 15_000 };
      const [one, other] = [await startInstance({ url: own.url, times }), await startInstance({ url: own.url, times })];
      const admin = await startInstance({ url: own.url });
      const writer = start(one.log);
      const reading = drain(await open(other.log, writer.streamId));
      const heal = await harm(own, admin);
      const startedAt = performance.now();
      for (const seq of range(0, 2000)) writer.append(seq, 'x'.repeat(100));
      expect(performance.now() - startedAt, '2,000 appends').toBeLessThan(500);
      const local = await open(one.log, writer.streamId, 1997);
      expect((await local.next()).value?.seq).toBe(1998);
      writer.finish();
      await vi.waitFor(() => expect(one.lines).toHaveLength(1), soon);
      await heal();
      expect(toSeqs(await reading)).toEqual(range(0, 2000));
      expect(one.lines).toHaveLength(1);
    },
    30_000,
  );
});
