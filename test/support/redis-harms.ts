import type { RunningRedis } from './redis.js';

/** What can become of a Redis that is there. Each gives back how it is healed. */
export const redisHarms: readonly [name: string, harm: (redis: RunningRedis) => Promise<() => Promise<unknown>>][] = [
  [
    'answers nothing',
    async (redis) => {
      redis.freeze();
      return async () => redis.thaw();
    },
  ],
  [
    'takes 5 s to answer',
    async (redis) => {
      await redis.send('CLIENT', 'PAUSE', '5000', 'ALL');
      return async () => {};
    },
  ],
  [
    'is read-only',
    async (redis) => {
      await redis.send('REPLICAOF', '127.0.0.1', '1');
      return () => redis.send('REPLICAOF', 'NO', 'ONE');
    },
  ],
  [
    'has no memory left',
    async (redis) => {
      await redis.send('CONFIG', 'SET', 'maxmemory', '1');
      return () => redis.send('CONFIG', 'SET', 'maxmemory', '0');
    },
  ],
];
