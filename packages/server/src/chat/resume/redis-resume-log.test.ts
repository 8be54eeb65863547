import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../../../../../test/support/redis.js';
import { type RunningScript, startScript } from '../../../../../test/support/start-script.js';
import { createStreamId } from './event-id.js';
import { toOwnerKey } from './owner-key.js';
import { toLogKeys } from './redis-log-keys.js';
import type { ResumeFrame, ResumeLog } from './resume-log.js';
import {
  drain,
  forever,
  type Instance,
  type InstanceOptions,
  openLog,
  owner,
  range,
  soon,
  startInstance,
  startLog,
  toSeqs,
} from './testing/start-instance.js';
import type { WriterTask } from './testing/writer-process.js';

let redis: RunningRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

function begin(options: Partial<InstanceOptions> = {}): Promise<Instance> {
  return startInstance({ url: redis.url, onEnd: onTestFinished, ...options });
}

/** An instance in a process of its own, which writes one log. */
function startWriterProcess(task: WriterTask): Promise<RunningScript> {
  return startScript(join(import.meta.dirname, 'testing/writer-process.ts'), JSON.stringify(task), 'writing');
}

describe('RedisResumeLog', () => {
  it('serves at one instance what another writes: what was missed, then live', async () => {
    const [one, other] = [await begin(), await begin()];
    const writer = startLog(one.log);
    for (const seq of range(0, 600)) writer.append(seq, `frame ${seq} é\r\n`);
    const frames = await openLog(other.log, writer.streamId, { afterSeq: 9 });
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
    const one = await begin({ times: { flushMs: 100, beatMs: 60_000 } });
    const other = await begin();
    const writer = startLog(one.log, 120_000);
    const frames = await openLog(other.log, writer.streamId);
    writer.append(0, 'x');
    expect((await frames.next()).value?.seq).toBe(0);
    await frames.return?.();
  });

  it('reads its own streams from memory, at once', async () => {
    const { log } = await begin();
    const writer = startLog(log);
    writer.append(0, 'x');
    writer.finish();
    expect(toSeqs(await drain(await openLog(log, writer.streamId)))).toEqual([0]);
  });

  it('gives readers at both instances every event once, however they interleave', async () => {
    const instances = [await begin(), await begin()];
    const step = fc.record({
      frames: fc.nat(40),
      pauseMs: fc.nat(4),
      joins: fc.boolean(),
      at: fc.nat(1),
      gap: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const writer = startLog(instances[0]?.log as ResumeLog);
        const written: number[] = [];
        const readings: { afterSeq: number; got: Promise<ResumeFrame[]> }[] = [];
        for (const { frames, pauseMs, joins, at, gap } of steps) {
          for (let count = 0; count < frames; count++) {
            written.push((written.at(-1) ?? -1) + 1 + gap);
            writer.append(written.at(-1) ?? 0, 'x');
          }
          if (joins) {
            const afterSeq = written[Math.floor(written.length / 2)] ?? -1;
            const reading = await openLog(instances[at]?.log as ResumeLog, writer.streamId, { afterSeq });
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
    const [one, other] = [await begin(), await begin()];
    const { streamId } = startLog(one.log);
    await openLog(other.log, streamId);
    const asked = { owner: asker, afterSeq: -1, signal: forever };
    expect(await other.log.read(streamId + suffix, asked)).toBeUndefined();
    expect(await other.log.remove(streamId + suffix, asker)).toBe(false);
  });

  it('stops the generation when the owner removes the stream at another instance', async () => {
    const [one, other, third] = [await begin(), await begin(), await begin()];
    const writer = startLog(one.log);
    const reading = drain(await openLog(third.log, writer.streamId));
    const checked = expect(reading).rejects.toMatchObject({ code: 'aborted' });
    await openLog(other.log, writer.streamId);
    expect(await other.log.remove(writer.streamId, owner)).toBe(true);
    await vi.waitFor(() => expect(writer.signal.aborted).toBe(true), soon);
    await checked;
    expect(await other.log.remove(writer.streamId, owner)).toBe(false);
  });

  it('tells a reader elsewhere when the log grew too large', async () => {
    const [one, other] = [await begin({ limits: { maxStreamBytes: 1000 } }), await begin()];
    const writer = startLog(one.log);
    const reading = drain(await openLog(other.log, writer.streamId));
    const checked = expect(reading).rejects.toMatchObject({ code: 'stream_interrupted' });
    writer.append(0, 'x'.repeat(2000));
    await checked;
    expect(writer.signal.aborted).toBe(false);
  });

  it('goes on generating while someone reads elsewhere, and gives up some time after they left', async () => {
    const [one, other] = [await begin(), await begin()];
    const writer = startLog(one.log, 1500);
    writer.append(0, 'x');
    const left = new AbortController();
    const frames = await openLog(other.log, writer.streamId, { signal: left.signal });
    const reading = drain(frames);
    writer.detach();
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(writer.signal.aborted).toBe(false);
    left.abort();
    expect(toSeqs(await reading)).toEqual([0]);
    await vi.waitFor(() => expect(writer.signal.aborted).toBe(true), soon);
  }, 20_000);

  it('leaves nothing behind in Redis', async () => {
    const [one, other] = [await begin(), await begin()];
    const writer = startLog(one.log, 300);
    writer.append(0, 'x');
    const reading = drain(await openLog(other.log, writer.streamId));
    writer.finish();
    await reading;
    await vi.waitFor(async () => expect(await other.commands.keys(`*${writer.streamId}*`)).toEqual([]), soon);
    expect(await other.log.read(writer.streamId, { owner, afterSeq: -1, signal: forever })).toBeUndefined();
  });
});

describe('RedisResumeLog over two processes', () => {
  it('reads what another process wrote, to the end', async () => {
    const { log } = await begin();
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 60, paceMs: 5 };
    const writer = await startWriterProcess(task);
    onTestFinished(writer.kill);
    expect(toSeqs(await drain(await openLog(log, streamId)))).toEqual(range(0, 60));
    expect(toSeqs(await drain(await openLog(log, streamId, { afterSeq: 57 })))).toEqual([58, 59]);
  }, 30_000);

  it('ends readers with a typed error when the writer is killed, after all that it had written', async () => {
    const { log } = await begin({ times: { silenceMs: 1000 } });
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 1e6, paceMs: 5 };
    const writer = await startWriterProcess(task);
    const frames = await openLog(log, streamId);
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

  it('keeps nobody waiting again for a writer that was found dead, at any instance', async () => {
    const times = { silenceMs: 1000 };
    const [log, other] = [(await begin({ times })).log, (await begin({ times: { silenceMs: 1e9 } })).log];
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 60_000, frames: 1e6, paceMs: 5 };
    const writer = await startWriterProcess(task);
    const got: number[] = [];
    const follow = async (frames: AsyncIterator<ResumeFrame>): Promise<void> => {
      for (let next = await frames.next(); !next.done; next = await frames.next()) got.push(next.value.seq);
    };
    const reading = follow(await openLog(log, streamId));
    const elsewhere = expect(follow(await openLog(other, streamId))).rejects.toMatchObject({ status: 502 });
    const checked = expect(reading).rejects.toMatchObject({ status: 502 });
    await vi.waitFor(() => expect(got.length).toBeGreaterThan(20), soon);
    await writer.kill();
    await checked;
    await elsewhere;
    const last = Math.max(...got);
    for (const instance of [log, other]) {
      expect(await instance.read(streamId, { owner, afterSeq: last, signal: forever })).toBeUndefined();
      got.length = 0;
      // Who has missed something gets it still.
      await expect(follow(await openLog(instance, streamId))).rejects.toMatchObject({ status: 502 });
      expect(got).toEqual(range(0, last + 1));
    }
  }, 30_000);

  it('takes up a writer again that was only away', async () => {
    const [one, other] = [await begin(), await begin({ times: { silenceMs: 300 } })];
    const writer = startLog(one.log);
    writer.append(0, 'x');
    const frames = await openLog(other.log, writer.streamId);
    const { meta } = toLogKeys(writer.streamId);
    // As another instance would that has lost sight of it.
    await vi.waitFor(async () => expect(await other.commands.hget(meta, 'beat')).not.toBeNull(), soon);
    await other.commands.set(toLogKeys(writer.streamId).lost, String(await other.commands.hget(meta, 'beat')));
    const again = await openLog(other.log, writer.streamId, { afterSeq: 0 });
    writer.append(1, 'y');
    expect((await again.next()).value).toEqual({ seq: 1, frame: 'y' });
    await Promise.all([frames.return?.(), again.return?.()]);
  });

  it('goes on counting its signs of life when its frames have to be written anew', async () => {
    const [one, other] = [await begin(), await begin()];
    const writer = startLog(one.log);
    writer.append(0, 'x');
    const { meta, frames } = toLogKeys(writer.streamId);
    await vi.waitFor(async () => expect(await other.commands.exists(frames)).toBe(1), soon);
    await other.commands.multi().hset(meta, 'beat', 1000).del(frames).exec();
    await vi.waitFor(async () => expect(await other.commands.exists(frames)).toBe(1), soon);
    expect(Number(await other.commands.hget(meta, 'beat'))).toBeGreaterThan(1000);
    expect((await (await openLog(other.log, writer.streamId)).next()).value).toEqual({ seq: 0, frame: 'x' });
  });

  it('stops a generation in another process', async () => {
    const { log } = await begin();
    const streamId = createStreamId();
    const task = { url: redis.url, streamId, owner, resumeMs: 20_000, frames: 1e6, paceMs: 5 };
    const writer = await startWriterProcess(task);
    onTestFinished(writer.kill);
    await openLog(log, streamId);
    expect(await log.remove(streamId, owner)).toBe(true);
    await vi.waitFor(() => expect(writer.output()).toContain('stopped: The answer was stopped'), soon);
  }, 30_000);
});
