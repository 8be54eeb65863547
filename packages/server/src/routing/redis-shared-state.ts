import { randomUUID } from 'node:crypto';
import type { ChainableCommander, Redis } from 'ioredis';
import type { RedisConnection } from '../redis/connect-redis.js';
import type { BreakerSnapshot } from './breaker.js';
import { parseSnapshot, type SharedSnapshot, toLater } from './parse-snapshot.js';
import { leaseProbe } from './redis-probe-lease.js';
import type { ProbeLease, SharedState } from './shared-state.js';

export interface RedisSharedStateOptions {
  redis: RedisConnection;
  /** Monotonic, in ms. Default `performance.now`. */
  now?: () => number;
  /** Wait before what could not be told is told again. Default 1 s. */
  retryMs?: number;
  /** Longest wait for Redis in the way of a request. Default 50 ms. */
  timeoutMs?: number;
}

/** How long an opening is remembered after its wait, so that a new instance continues with the next longer one. */
const memoryMs = 60_000;

/**
 * Shares what the instances see over Redis: a message to those that listen, and a key that ends by itself for those
 * that come later. Everything runs in the background; what could not be told is kept, the newest for each target.
 */
class RedisSharedState implements SharedState {
  readonly #redis: RedisConnection;
  readonly #now: () => number;
  readonly #retryMs: number;
  readonly #timeoutMs: number;
  readonly #instance: string = randomUUID();
  readonly #subscriber: Redis;
  readonly #listeners: Map<string, (snapshot: BreakerSnapshot) => void> = new Map();
  readonly #pending: Map<string, { snapshot: SharedSnapshot; at: number }> = new Map();
  #status: 'idle' | 'sending' | 'waiting' | 'closed' = 'idle';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RedisSharedStateOptions) {
    const { redis, now = () => performance.now(), retryMs = 1000, timeoutMs = 50 } = options;
    this.#redis = redis;
    this.#now = now;
    this.#retryMs = retryMs;
    this.#timeoutMs = timeoutMs;
    const subscriber = redis.duplicate();
    const channel = toChannel(redis);
    subscriber.on('message', (_channel, text: string) => this.#hear(parseSnapshot(text)));
    // Messages sent while we were away are lost; the keys hold what they said.
    subscriber.on('ready', () => void subscriber.subscribe(channel).then(() => this.#loadAll(), redis.report));
    redis.commands.on('ready', () => void this.#flush().then(() => this.#loadAll()));
    this.#subscriber = subscriber;
  }

  watch(key: string, onSnapshot: (snapshot: BreakerSnapshot) => void): void {
    this.#listeners.set(key, onSnapshot);
    this.#load(key);
  }

  publish(key: string, snapshot: BreakerSnapshot): void {
    this.#pending.set(key, { snapshot: { ...snapshot, key, from: this.#instance }, at: this.#now() });
    if (this.#status === 'idle') void this.#flush();
  }

  lease(key: string, holdMs: number): Promise<ProbeLease | { takenMs: number } | undefined> {
    return leaseProbe(this.#redis, { key, holdMs, instance: this.#instance, timeoutMs: this.#timeoutMs });
  }

  async close(): Promise<void> {
    this.#status = 'closed';
    clearTimeout(this.#timer);
    this.#pending.clear();
    this.#subscriber.disconnect();
  }

  async #flush(): Promise<void> {
    if (this.#status === 'sending' || this.#status === 'closed') return;
    // Without a connection there is nothing to try: its `ready` comes back here.
    if (this.#redis.commands.status !== 'ready') return;
    clearTimeout(this.#timer);
    this.#status = 'sending';
    const isDone = await this.#sendPending();
    if (this.#isClosed()) return;
    this.#status = isDone ? 'idle' : 'waiting';
    if (!isDone) this.#timer = setTimeout(() => void this.#flush(), this.#retryMs).unref();
  }

  async #sendPending(): Promise<boolean> {
    for (const [key, entry] of this.#pending) {
      this.#pending.delete(key);
      try {
        await send(this.#redis, toLater(entry.snapshot, this.#now() - entry.at));
      } catch (error) {
        this.#redis.report(error);
        if (!this.#pending.has(key) && !this.#isClosed()) this.#pending.set(key, entry);
        return false;
      }
    }
    return true;
  }

  #hear(snapshot: SharedSnapshot | undefined): void {
    // News of our own that has not gone out yet is younger than what Redis still holds.
    if (!snapshot || snapshot.from === this.#instance || this.#pending.has(snapshot.key)) return;
    this.#listeners.get(snapshot.key)?.(snapshot);
  }

  #loadAll(): void {
    for (const key of this.#listeners.keys()) this.#load(key);
  }

  #load(key: string): void {
    if (this.#redis.commands.status !== 'ready') return;
    void read(this.#redis, key).then((snapshot) => this.#hear(snapshot), this.#redis.report);
  }

  /** Checked again after each wait, because `close` may have come meanwhile. */
  #isClosed(): boolean {
    return this.#status === 'closed';
  }
}

/** Shares the state over Redis; reads and writes nothing before the connection stands, and never waits for it. */
export function createRedisSharedState(options: RedisSharedStateOptions): SharedState {
  return new RedisSharedState(options);
}

/** Unlike keys, channels are those of all databases, and another one is that of another server. */
function toChannel({ commands }: RedisConnection): string {
  return `nova:breaker@${commands.options.db ?? 0}`;
}

async function send(redis: RedisConnection, snapshot: SharedSnapshot): Promise<void> {
  const { commands } = redis;
  const batch = commands.pipeline();
  const isWell = snapshot.openings === 0 && snapshot.cooldownMs === 0;
  const lifeMs = toLifeMs(snapshot);
  if (isWell) batch.del(toRedisKey(snapshot.key));
  else batch.set(toRedisKey(snapshot.key), JSON.stringify(snapshot), 'PX', lifeMs);
  batch.publish(toChannel(redis), JSON.stringify(snapshot));
  await execute(batch);
}

async function read({ commands }: RedisConnection, key: string): Promise<SharedSnapshot | undefined> {
  const batch = commands.pipeline().get(toRedisKey(key)).pttl(toRedisKey(key));
  const [text, leftMs] = await execute(batch);
  const snapshot = typeof text === 'string' ? parseSnapshot(text) : undefined;
  if (!snapshot || typeof leftMs !== 'number') return undefined;
  // The key's age is read off its remaining life, i.e. by Redis' clock alone.
  return toLater(snapshot, Math.max(0, toLifeMs(snapshot) - leftMs));
}

async function execute(batch: ChainableCommander): Promise<unknown[]> {
  const replies = (await batch.exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
  return replies.map(([, reply]) => reply);
}

function toRedisKey(key: string): string {
  return `nova:breaker:${key}`;
}

function toLifeMs({ openMs, cooldownMs }: BreakerSnapshot): number {
  return Math.ceil(Math.max(openMs, cooldownMs)) + memoryMs;
}
