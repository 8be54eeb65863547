import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startRedis } from '../../../../test/support/redis.js';
import { connectRedis } from './connect-redis.js';

const soon = { timeout: 8000, interval: 20 };

describe('connectRedis', () => {
  it('resolves without a Redis, fails commands at once, and logs one line a minute', async () => {
    const gone = await startRedis();
    await gone.stop();
    const clock = { ms: 0 };
    const lines: string[] = [];
    const url = gone.url.replace('//', '//:secret@');
    const redis = await connectRedis({ url, log: (line) => lines.push(line), now: () => clock.ms });
    await expect(redis.commands.get('x')).rejects.toThrow();
    await vi.waitFor(() => expect(lines).toHaveLength(1), soon);
    for (let count = 0; count < 20; count++) redis.report(new Error('more'));
    clock.ms += 59_999;
    redis.report(new Error('more'));
    expect(lines).toHaveLength(1);
    clock.ms += 1;
    redis.report(new Error('later'));
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('secret');
    await redis.close();
  });

  it('logs nothing of what a command was called with', async () => {
    const gone = await startRedis();
    await gone.stop();
    const clock = { ms: 0 };
    const lines: string[] = [];
    const redis = await connectRedis({ url: gone.url, log: (line) => lines.push(line), now: () => clock.ms });
    await vi.waitFor(() => expect(lines).toHaveLength(1), soon);
    await redis.close();
    clock.ms += 60_000;
    redis.report(
      new Error("ERR unknown command 'EVALSHA', with args beginning with: 'x' 'nova:resume:{st_secret}:meta' "),
    );
    expect(lines).toEqual([expect.anything(), expect.stringContaining("unknown command 'EVALSHA'")]);
    expect(lines.join()).not.toContain('secret');
  });

  it('comes back without a restart, and says so once', async () => {
    const first = await startRedis();
    const lines: string[] = [];
    const redis = await connectRedis({ url: first.url, log: (line) => lines.push(line) });
    await vi.waitFor(() => expect(redis.commands.status).toBe('ready'), soon);
    expect(lines).toEqual([]);
    await first.stop();
    await vi.waitFor(() => expect(lines).toHaveLength(1), soon);
    const second = await startRedis({ port: first.port });
    await vi.waitFor(async () => expect(await redis.commands.ping()).toBe('PONG'), soon);
    expect(lines).toEqual([expect.stringMatching(/^Redis cannot be used/), 'Redis is connected again.']);
    await redis.close();
    await second.stop();
  });

  it('says of a port that keeps silent to TLS what may be wrong with it', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const lines: string[] = [];
    const url = server.url.replace('redis:', 'rediss:');
    const redis = await connectRedis({ url, log: (line) => lines.push(line) });
    onTestFinished(() => redis.close());
    await vi.waitFor(() => expect(lines).toHaveLength(1), soon);
    expect(lines[0]).toMatch(/^Redis cannot be used \(connect ETIMEDOUT; a port without TLS wants redis:\/\/\)/);
  });

  it.each([
    ['Redis 7', "READONLY You can't write against a read only replica. script: f1, on @user_script:13."],
    [
      'a script of Redis 6',
      "ERR Error running script (call to f_1): @user_script:13: @user_script: 13: -READONLY You can't write against a read only replica.",
    ],
  ])('looks for the primary again when it has become a replica, in the words of %s', async (_name, words) => {
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const { commands, close } = await connectRedis({ url: redis.url, log: () => undefined });
    onTestFinished(close);
    await vi.waitFor(() => expect(commands.status).toBe('ready'), soon);
    const before = await commands.client('ID');
    const failing = commands.eval('return redis.error_reply(ARGV[1])', 0, words);
    await expect(failing).rejects.toThrow('READONLY');
    await vi.waitFor(async () => expect(await commands.client('ID')).not.toBe(before), soon);
  });

  it('stays out of other databases when there is none of the number in its address', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const lines: string[] = [];
    const redis = await connectRedis({ url: `${server.url}/99`, log: (line) => lines.push(line) });
    onTestFinished(() => redis.close());
    const subscriber = redis.duplicate();
    let attempts = 0;
    redis.commands.on('reconnecting', () => attempts++);
    await vi.waitFor(() => expect(attempts).toBeGreaterThan(1), soon);
    await expect(redis.commands.set('x', '1')).rejects.toThrow();
    await vi.waitFor(() => expect(subscriber.status).not.toBe('ready'), soon);
    expect(lines).toEqual([expect.stringMatching(/^Redis cannot be used \(.*DB index is out of range/)]);
  });
});
