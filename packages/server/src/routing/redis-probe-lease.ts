import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '../redis/connect-redis.js';
import { defineScript } from '../redis/define-script.js';
import type { ProbeLease } from './shared-state.js';

/** Time for the news of a failed test to reach the others; the breaker is open for longer. */
const newsMs = 1000;

/** Ends a lease, unless it is another's by now. */
const endLease = defineScript(
  'novaEndLease',
  1,
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`,
);

/**
 * Takes the lease of one target, or tells how long another instance has it. Undefined without a Redis; one that does
 * not answer in time is taken for a yes.
 */
export async function leaseProbe(
  { commands, report }: RedisConnection,
  { key, holdMs, instance, timeoutMs }: { key: string; holdMs: number; instance: string; timeoutMs: number },
): Promise<ProbeLease | { takenMs: number } | undefined> {
  if (commands.status !== 'ready') return undefined;
  const name = `nova:probe:${key}`;
  const asked = commands
    .pipeline()
    .set(name, instance, 'PX', Math.ceil(holdMs), 'NX')
    .pttl(name)
    .exec()
    .then((replies) => {
      for (const [error] of replies ?? []) if (error) throw error;
      return { isOurs: replies?.[0]?.[1] === 'OK', leftMs: Number(replies?.[1]?.[1]) };
    });
  const reply = await Promise.race([asked.catch(report), sleep(timeoutMs, undefined, { ref: false })]);
  if (reply && !reply.isOurs) return { takenMs: Math.max(1, reply.leftMs) };
  return {
    release(outcome) {
      const leftMs = outcome === 'failed' ? newsMs : 0;
      // An answer that came too late may have been a yes.
      void asked.then(({ isOurs }) => isOurs && endLease(commands, name, instance, leftMs)).catch(report);
    },
  };
}
