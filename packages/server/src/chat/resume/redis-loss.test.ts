import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startRedis } from '../../../../../test/support/redis.js';
import { redisHarms } from '../../../../../test/support/redis-harms.js';
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

function begin(options: Omit<InstanceOptions, 'onEnd'>): Promise<Instance> {
  return startInstance({ onEnd: onTestFinished, ...options });
}

/** A 404 would be the last word: nobody comes back after it. */
const notNow = { status: 503, code: 'service_unavailable', retryAfterMs: 1000 };

describe('RedisResumeLog without Redis', () => {
  it('serves its own streams from memory, and says of others that it cannot tell now', async () => {
    const gone = await startRedis();
    await gone.stop();
    const { log, lines } = await begin({ url: gone.url });
    const writer = startLog(log);
    writer.append(0, 'x');
    const reading = drain(await openLog(log, writer.streamId));
    writer.append(1, 'y');
    writer.finish();
    expect(toSeqs(await reading)).toEqual([0, 1]);
    await expect(log.read('st_other', { owner, afterSeq: -1, signal: forever })).rejects.toMatchObject(notNow);
    await expect(log.remove('st_other', owner)).rejects.toMatchObject(notNow);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ECONNREFUSED');
  });

  it('does not wait long for a Redis that answers nothing about a stream elsewhere', async () => {
    const own = await startRedis();
    onTestFinished(own.stop);
    const { log } = await begin({ url: own.url });
    own.freeze();
    const startedAt = performance.now();
    await expect(log.read('st_other', { owner, afterSeq: -1, signal: forever })).rejects.toMatchObject(notNow);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('writes all of a log again for a Redis that was started anew', async () => {
    const own = await startRedis();
    const [one, other] = [await begin({ url: own.url }), await begin({ url: own.url })];
    const writer = startLog(one.log);
    for (const seq of range(0, 50)) writer.append(seq, `frame ${seq}`);
    const frames = await openLog(other.log, writer.streamId);
    expect((await frames.next()).value).toEqual({ seq: 0, frame: 'frame 0' });
    await own.stop();
    for (const seq of range(50, 100)) writer.append(seq, `frame ${seq}`);
    const again = await startRedis({ port: own.port });
    onTestFinished(again.stop);
    writer.finish();
    expect(toSeqs(await drain(frames))).toEqual(range(1, 100));
    expect(toSeqs(await drain(await openLog(other.log, writer.streamId)))).toEqual(range(0, 100));
  }, 20_000);

  it.each(redisHarms)(
    'never holds an answer up while Redis %s, and makes up for it afterwards',
    async (_name, harm) => {
      const own = await startRedis();
      onTestFinished(own.stop);
      const times = { silenceMs: 15_000 };
      const [one, other] = [await begin({ url: own.url, times }), await begin({ url: own.url, times })];
      const writer = startLog(one.log);
      const reading = drain(await openLog(other.log, writer.streamId));
      const heal = await harm(own);
      const before = process.threadCpuUsage();
      for (const seq of range(0, 2000)) writer.append(seq, 'x'.repeat(100));
      expect(process.threadCpuUsage(before).user / 1000, '2,000 appends, in ms').toBeLessThan(500);
      const local = await openLog(one.log, writer.streamId, { afterSeq: 1997 });
      expect((await local.next()).value?.seq).toBe(1998);
      writer.finish();
      await vi.waitFor(() => expect(one.lines).toHaveLength(1), soon);
      await heal();
      expect(toSeqs(await reading)).toEqual(range(0, 2000));
      expect(one.lines.filter((line) => line.startsWith('Redis cannot be used'))).toHaveLength(1);
    },
    30_000,
  );
});
