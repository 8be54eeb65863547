import { connectRedis, type RedisConnection } from '../../redis/connect-redis.js';
import { createRouting, type Routing } from '../create-routing.js';
import { createRedisSharedState, type RedisSharedStateOptions } from '../redis-shared-state.js';
import type { Target } from '../target.js';

export const claude: Target = { provider: { name: 'claude' }, model: 'large' };
export const groq: Target = { provider: { name: 'groq' }, model: 'llama' };
export const soon: { timeout: number; interval: number } = { timeout: 8000, interval: 20 };

/** How long an opened breaker stays open here. */
export const openMs = 600_000;

/** One instance of a server, as far as routing goes. */
export interface Instance {
  routing: Routing;
  clock: { ms: number };
  /** What it has logged. */
  lines: string[];
  redis: RedisConnection;
  /** How many of the two may be asked. */
  ready(): number;
}

/** Starts one; `onEnd` takes what ends it. */
export async function startInstance(
  url: string,
  onEnd: (close: () => Promise<void>) => void,
  options: Pick<RedisSharedStateOptions, 'timeoutMs'> = {},
): Promise<Instance> {
  const lines: string[] = [];
  const redis = await connectRedis({ url, log: (line) => lines.push(line) });
  const shared = createRedisSharedState({ redis, retryMs: 50, ...options });
  const clock = { ms: 0 };
  const routing = createRouting({ now: () => clock.ms, shared, breaker: { openMs, maxOpenMs: openMs } });
  onEnd(async () => {
    await routing.close();
    await redis.close();
  });
  return { routing, clock, lines, redis, ready: () => routing.candidates([claude, groq]).ready.length };
}

/** Has `claude` fail until its breaker opens. */
export function open(routing: Routing): void {
  for (let count = 0; count < 3; count++) routing.begin(claude)?.fail(new TypeError('broken'));
}
