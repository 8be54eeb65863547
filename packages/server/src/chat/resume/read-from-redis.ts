import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '../../redis/connect-redis.js';
import { toLogKeys } from './redis-log-keys.js';
import { createResumeError, type LossReason } from './resume-error.js';
import type { ResumeFrame } from './resume-log.js';

/** What Redis holds of a stream from one place on. */
export interface LogPage {
  owner: string;
  last: number;
  beat: string;
  /** A reader has waited for the writer, in vain, and it has given no sign since. */
  isGivenUp: boolean;
  isEnded: boolean;
  loss: LossReason | undefined;
  frames: ResumeFrame[];
}

export interface RedisReadOptions {
  redis: RedisConnection;
  streamId: string;
  afterSeq: number;
  signal: AbortSignal;
  /** Pause after a look that found nothing new. */
  pollMs: number;
  /** How often Redis is told that someone reads. */
  beatMs: number;
  /** A writer that shows no sign of life for this long is lost. */
  silenceMs: number;
  now: () => number;
}

const pageSize = 256;
/** As long as the rest of a stream can be asked for. */
const givenUpMs = 120_000;

/** Reads a page; undefined when there is no such stream. */
export async function readPage(
  { commands }: RedisConnection,
  streamId: string,
  afterSeq: number,
): Promise<LogPage | undefined> {
  const { meta, frames: key, lost: lostKey } = toLogKeys(streamId);
  // The hash first: when it says "ended", the frames read after it are all there are.
  const batch = commands.pipeline().hmget(meta, 'owner', 'last', 'beat', 'ended', 'loss');
  const replies =
    (await batch
      .xrange(key, `${afterSeq + 2}-0`, '+', 'COUNT', pageSize)
      .get(lostKey)
      .exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
  const [owner, last, beat, ended, loss] = (replies[0]?.[1] ?? []) as (string | null)[];
  const entries = (replies[1]?.[1] ?? []) as [string, string[]][];
  if (typeof loss === 'string') return { owner: owner ?? '', ...lost(loss) };
  if (typeof owner !== 'string') return undefined;
  return {
    owner,
    last: Number(last ?? -1),
    beat: beat ?? '',
    isGivenUp: typeof beat === 'string' && replies[2]?.[1] === beat,
    isEnded: ended === '1',
    loss: undefined,
    frames: entries.map(([id, [, frame = '']]) => ({ seq: Number.parseInt(id, 10) - 1, frame })),
  };
}

/**
 * Follows a stream that another instance writes. It looks again and again: a blocking read would take one connection
 * for each reader, and would need a way out of its own when Redis falls silent. Lives through a Redis that is away or
 * has to be written anew, as long as it does not take longer than a writer may be silent.
 */
export async function* readFromRedis(options: RedisReadOptions): AsyncGenerator<ResumeFrame, void> {
  const { redis, streamId, signal, pollMs, silenceMs, now } = options;
  const tellSeen = createSeenTeller(options);
  let cursor = options.afterSeq;
  let beat: string | undefined;
  let heardAt = now();
  while (!signal.aborted) {
    tellSeen();
    const page = await readPage(redis, streamId, cursor).catch(redis.report);
    if (page?.loss) throw createResumeError(page.loss);
    for (const frame of page?.frames ?? []) {
      if (signal.aborted) return;
      cursor = frame.seq;
      yield frame;
    }
    if (page?.isEnded && cursor >= page.last) return;
    if (page && (page.beat !== beat || page.frames.length > 0)) {
      heardAt = now();
      beat = page.beat;
    }
    if (page?.isGivenUp && page.frames.length === 0) throw createResumeError('lost');
    if (now() - heardAt > silenceMs) {
      if (page) await giveUp(redis, streamId, page.beat).catch(redis.report);
      throw createResumeError('lost');
    }
    // An abort only cuts the wait short.
    if (!page?.frames.length) await sleep(pollMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

function lost(loss: string): Omit<LogPage, 'owner'> {
  const reason = loss === 'removed' || loss === 'abandoned' || loss === 'dropped' ? loss : 'lost';
  return { last: -1, beat: '', isGivenUp: false, isEnded: false, loss: reason, frames: [] };
}

/**
 * Spares those who come next the same wait. Nothing is said to the writer: one that was only cut off from Redis goes on,
 * and its next sign of life makes this void.
 */
async function giveUp({ commands }: RedisConnection, streamId: string, beat: string): Promise<void> {
  await commands.set(toLogKeys(streamId).lost, beat, 'PX', givenUpMs);
}

/** Tells the writer now and then that someone reads. A word that is lost is made good by the next. */
function createSeenTeller({ redis, streamId, beatMs, now }: RedisReadOptions): () => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - toldAt < beatMs) return;
    toldAt = now();
    void redis.commands.set(toLogKeys(streamId).seen, '1', 'PX', beatMs * 3).catch(redis.report);
  };
}
