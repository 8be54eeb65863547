import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '../../redis/connect-redis.js';
import { type LogEntry, MemoryResumeLog } from './memory-resume-log.js';
import { mirrorToRedis } from './mirror-to-redis.js';
import { openReader } from './open-reader.js';
import { isSameOwner } from './owner-key.js';
import { type LogPage, readFromRedis, readPage } from './read-from-redis.js';
import { toLogKeys } from './redis-log-keys.js';
import { createLookupError } from './resume-error.js';
import type {
  CreateLogOptions,
  ReadLogOptions,
  ResumeFrame,
  ResumeLimits,
  ResumeLog,
  ResumeWriter,
} from './resume-log.js';

export interface RedisResumeLogOptions {
  redis: RedisConnection;
  limits?: Partial<ResumeLimits>;
  /**
   * Pause between two writes of one stream. Default 100 ms: a write costs about 60 µs of CPU however many frames it
   * has, and only a reader at another instance sees the delay.
   */
  flushMs?: number;
  /** Default 50 ms. */
  pollMs?: number;
  /** Sign of life of writers and readers. Default 1 s. */
  beatMs?: number;
  /** A writer that is silent for longer is lost. Default 6 s. */
  silenceMs?: number;
  /** Longest wait for a Redis that is asked about a stream of another instance. Default 1 s. */
  lookupMs?: number;
  /** Monotonic, in ms. Default `performance.now`. */
  now?: () => number;
}

/** How long a removed stream is remembered, for a writer that Redis could not tell yet. */
const removedMs = 120_000;
const closeMs = 500;
/** A place behind every frame: only the head of the log is wanted. */
const noFrames = 2 ** 52;

/**
 * Keeps the logs in memory and mirrors them to Redis, so that any instance can serve the resume. A stream of this
 * instance is read from memory, with Redis or without; only what is not here is looked for in Redis.
 */
export class RedisResumeLog implements ResumeLog {
  readonly #redis: RedisConnection;
  readonly #local: MemoryResumeLog;
  readonly #times: Required<Omit<RedisResumeLogOptions, 'redis' | 'limits'>>;
  readonly #closed: AbortController = new AbortController();
  readonly #mirrors: Map<LogEntry, Promise<void>> = new Map();

  constructor(options: RedisResumeLogOptions) {
    const { redis, limits, flushMs = 100, pollMs = 50, beatMs = 1000 } = options;
    const { silenceMs = 6000, lookupMs = 1000, now = () => performance.now() } = options;
    this.#redis = redis;
    this.#local = new MemoryResumeLog(limits);
    this.#times = { flushMs, pollMs, beatMs, silenceMs, lookupMs, now };
  }

  create(options: CreateLogOptions): ResumeWriter | undefined {
    const writer = this.#local.create(options);
    const entry = writer && this.#local.find(options.streamId, options.owner);
    if (!entry) return undefined;
    const { flushMs, beatMs } = this.#times;
    const mirror = mirrorToRedis({
      redis: this.#redis,
      entry,
      signal: this.#closed.signal,
      flushMs,
      // A short-lived log must hear of its readers in time.
      beatMs: Math.min(beatMs, Math.max(flushMs, entry.resumeMs / 4)),
      onSeen: () => this.#local.touch(entry),
      onRemoved: () => this.#local.stop(entry, 'removed'),
    });
    this.#mirrors.set(
      entry,
      mirror.finally(() => this.#mirrors.delete(entry)),
    );
    return writer;
  }

  async read(streamId: string, options: ReadLogOptions): Promise<AsyncIterable<ResumeFrame> | undefined> {
    const local = await this.#local.read(streamId, options);
    if (local) return local;
    const page = await this.#find(streamId, options.owner);
    const { afterSeq, signal } = options;
    if (!page || (page.isGivenUp && afterSeq >= page.last)) return undefined;
    return openReader({
      pull: (left) => readFromRedis({ ...this.#times, redis: this.#redis, streamId, afterSeq, signal: left }),
      signal: AbortSignal.any([signal, this.#closed.signal]),
      onLeave: () => {},
    });
  }

  async remove(streamId: string, owner: string): Promise<boolean> {
    if (await this.#local.remove(streamId, owner)) return true;
    if (!(await this.#find(streamId, owner))) return false;
    const { meta, frames } = toLogKeys(streamId);
    const batch = this.#redis.commands.multi().hset(meta, 'loss', 'removed').pexpire(meta, removedMs).del(frames);
    const replies = await batch.exec().catch(this.#fail);
    return replies?.every(([error]) => error === null) ?? false;
  }

  /** Gives ended logs a moment to be written whole, so that another instance can serve their readers. */
  async close(): Promise<void> {
    const ended = [...this.#mirrors].filter(([entry]) => entry.buffer.status === 'ended').map(([, mirror]) => mirror);
    await Promise.race([Promise.all(ended), sleep(closeMs, undefined, { ref: false })]);
    this.#closed.abort();
    await this.#local.close();
  }

  readonly #fail = (error: unknown): never => {
    this.#redis.report(error);
    throw createLookupError();
  };

  /** Throws when Redis cannot be asked: a reader that was told that there is no such stream would not come back. */
  async #find(streamId: string, owner: string): Promise<LogPage | undefined> {
    const found = readPage(this.#redis, streamId, noFrames).catch(this.#fail);
    const late = sleep(this.#times.lookupMs, undefined, { ref: false }).then(() => {
      throw createLookupError();
    });
    const page = await Promise.race([found, late]);
    return page && page.loss === undefined && isSameOwner(page.owner, owner) ? page : undefined;
  }
}
