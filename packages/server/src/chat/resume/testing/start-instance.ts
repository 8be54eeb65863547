import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../redis/connect-redis.js';
import { createStreamId } from '../event-id.js';
import { toOwnerKey } from '../owner-key.js';
import { RedisResumeLog } from '../redis-resume-log.js';
import type { ResumeFrame, ResumeLimits, ResumeLog, ResumeWriter } from '../resume-log.js';

export const owner: string = toOwnerKey('Bearer abc');
export const forever: AbortSignal = new AbortController().signal;
export const soon: { timeout: number; interval: number } = { timeout: 8000, interval: 20 };

export interface Instance {
  log: ResumeLog;
  /** What it has logged. */
  lines: string[];
  commands: Redis;
}

export interface InstanceOptions {
  url: string;
  /** Takes what ends the instance. */
  onEnd: (close: () => Promise<void>) => void;
  limits?: Partial<ResumeLimits>;
  times?: { flushMs?: number; beatMs?: number; silenceMs?: number };
}

/** One instance of a server, as far as its resume log goes. */
export async function startInstance({ url, onEnd, limits = {}, times }: InstanceOptions): Promise<Instance> {
  const lines: string[] = [];
  const redis = await connectRedis({ url, log: (line) => lines.push(line) });
  const log = new RedisResumeLog({ redis, limits, flushMs: 2, pollMs: 5, beatMs: 100, ...times });
  onEnd(async () => {
    await log.close();
    await redis.close();
  });
  while (!['ready', 'reconnecting'].includes(redis.commands.status)) await sleep(5);
  return { log, lines, commands: redis.commands };
}

export function startLog(log: ResumeLog, resumeMs = 20_000): ResumeWriter {
  const writer = log.create({ streamId: createStreamId(), owner, resumeMs });
  if (!writer) throw new Error('no room');
  return writer;
}

/** Asks until the mirror has written the head of the log. */
export async function openLog(
  log: ResumeLog,
  streamId: string,
  { afterSeq = -1, signal = forever }: { afterSeq?: number; signal?: AbortSignal } = {},
): Promise<AsyncIterator<ResumeFrame>> {
  for (let tries = 0; tries < 200; tries++) {
    const frames = await log.read(streamId, { owner, afterSeq, signal });
    if (frames) return frames[Symbol.asyncIterator]();
    await sleep(20);
  }
  throw new Error('not found');
}

/** Reads to the end. */
export async function drain(frames: AsyncIterator<ResumeFrame>): Promise<ResumeFrame[]> {
  const got: ResumeFrame[] = [];
  for (let next = await frames.next(); !next.done; next = await frames.next()) got.push(next.value);
  return got;
}

export function toSeqs(frames: readonly ResumeFrame[]): number[] {
  return frames.map(({ seq }) => seq);
}

/** The numbers from `from` on, up to `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
