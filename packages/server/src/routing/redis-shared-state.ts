import { randomUUID } from 'node:crypto';
import type { ChainableCommander } from 'ioredis';
import type { RedisConnection } from '../redis/connect-redis.js';
import type { BreakerSnapshot } from './breaker.js';
import { parseSnapshot, type SharedSnapshot, toLater } from './parse-snapshot.js';
import type { SharedState } from './shared-state.js';

export interface RedisSharedStateOptions {
  redis: RedisConnection;
  /** Monotonic, in ms. Default `performance.now`. */
  now?: () => number;
  /** Wait before what could not be told is told again. Default 1 s. */
  retryMs?: number;
}

const channel = 'nova:breaker';
/** How long an opening is remembered after its wait, so that a new instance goes on with the next longer one. */
const memoryMs = 60_000;

/**
 * Shares what the instances see over Redis: a message to those that listen, and a key that ends by itself for those
 * that come later. Everything runs in the background; what could not be told is kept, the newest for each target.
 */
export function createRedisSharedState(options: RedisSharedStateOptions): SharedState {
  const { redis, now = () => performance.now(), retryMs = 1000 } = options;
  const { commands } = redis;
  const instance = randomUUID();
  const listeners = new Map<string, (snapshot: BreakerSnapshot) => void>();
  const pending = new Map<string, { snapshot: SharedSnapshot; at: number }>();
  let status: 'idle' | 'sending' | 'waiting' | 'closed' = 'idle';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = async (): Promise<void> => {
    if (status === 'sending' || status === 'closed') return;
    // Without a connection there is nothing to try: its `ready` comes back here.
    if (commands.status !== 'ready') return;
    clearTimeout(timer);
    status = 'sending';
    for (const [key, entry] of pending) {
      pending.delete(key);
      try {
        await send(redis, toLater(entry.snapshot, now() - entry.at));
      } catch (error) {
        redis.report(error);
        if (!pending.has(key)) pending.set(key, entry);
        break;
      }
    }
    if (isClosed(status)) return;
    status = pending.size > 0 ? 'waiting' : 'idle';
    if (status === 'waiting') timer = setTimeout(() => void flush(), retryMs).unref();
  };
  const hear = (snapshot: SharedSnapshot | undefined): void => {
    // News of our own that has not gone out yet is younger than what Redis still holds.
    if (!snapshot || snapshot.from === instance || pending.has(snapshot.key)) return;
    listeners.get(snapshot.key)?.(snapshot);
  };
  const load = (keys: string[]): void => {
    if (commands.status !== 'ready') return;
    for (const key of keys) void read(redis, key).then(hear, redis.report);
  };

  const subscriber = redis.duplicate();
  subscriber.on('message', (_channel, text: string) => hear(parseSnapshot(text)));
  subscriber.on('ready', () => {
    // Messages sent while we were away are lost; the keys hold what they said.
    void subscriber.subscribe(channel).then(() => load([...listeners.keys()]), redis.report);
  });
  commands.on('ready', () => {
    void flush().then(() => load([...listeners.keys()]));
  });

  return {
    watch(key, onSnapshot) {
      listeners.set(key, onSnapshot);
      load([key]);
    },
    publish(key, snapshot) {
      pending.set(key, { snapshot: { ...snapshot, key, from: instance }, at: now() });
      if (status === 'idle') void flush();
    },
    close: async () => {
      status = 'closed';
      clearTimeout(timer);
      pending.clear();
      subscriber.disconnect();
    },
  };
}

/** Asked anew after each wait, because `close` may have come meanwhile. */
function isClosed(status: string): boolean {
  return status === 'closed';
}

async function send({ commands }: RedisConnection, snapshot: SharedSnapshot): Promise<void> {
  const batch = commands.pipeline();
  const isWell = snapshot.openings === 0 && snapshot.cooldownMs === 0;
  const lifeMs = toLifeMs(snapshot);
  if (isWell) batch.del(toRedisKey(snapshot.key));
  else batch.set(toRedisKey(snapshot.key), JSON.stringify(snapshot), 'PX', lifeMs);
  batch.publish(channel, JSON.stringify(snapshot));
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
