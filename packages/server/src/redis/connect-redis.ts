import type { Redis, RedisOptions } from 'ioredis';

/** A Redis that may be away at any time. Its users work without it, and use it again when it is back. */
export interface RedisConnection {
  commands: Redis;
  /** Opens a second connection, for subscriptions. */
  duplicate(): Redis;
  /** Tells of a failed command: one line a minute at most. */
  report(error: unknown): void;
  close(): Promise<void>;
}

export interface RedisConnectionOptions {
  /** `redis://` or `rediss://`; never logged, because it may hold a password. */
  url: string;
  log: (message: string) => void;
  /** Monotonic, in ms. Default `performance.now`. */
  now?: () => number;
}

const quietMs = 60_000;

const redisOptions = {
  // Commands of a Redis that is away fail at once: a queue would grow, and send old news later.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  commandTimeout: 1000,
  connectTimeout: 2000,
  retryStrategy: (times: number) => Math.min(100 * 2 ** Math.min(times, 5), 2000),
  // After a failover the address may lead to the new primary; this connection still ends at the old one. Before Redis 7 a
  // script says so at the end of a line of its own.
  reconnectOnError: (error: Error) => error.message.includes('READONLY'),
} satisfies RedisOptions;

/** Opens the connection in the background; resolves before it stands, and also when it never will. */
export async function connectRedis({ url, log, now }: RedisConnectionOptions): Promise<RedisConnection> {
  // Loaded here, so that a server without Redis does not pay for the library.
  const { Redis: RedisClient } = await import('ioredis');
  const { report, recover } = createReport(log, now ?? (() => performance.now()), /^rediss:/i.test(url));
  const open: Redis[] = [];
  const join = (redis: Redis): Redis => {
    // Without a listener, ioredis prints each failed connection.
    redis.on('error', (error: Error) => {
      report(error);
      // ioredis would continue in database 0, which belongs to others.
      if (isOfSelect(error)) redis.disconnect(true);
    });
    open.push(redis);
    return redis;
  };
  const commands = join(new RedisClient(url, redisOptions));
  commands.on('ready', recover);
  return {
    commands,
    duplicate: () => join(commands.duplicate()),
    report,
    close: async () => {
      for (const redis of open) redis.disconnect();
    },
  };
}

/** Tells the refusal of the database that the address names. */
function isOfSelect(error: Error & { command?: { name?: string } }): boolean {
  return error.command?.name === 'select';
}

interface Report {
  report(error: unknown): void;
  /** Says that there is a connection again, after it was said that Redis is away. */
  recover(): void;
}

function createReport(log: (message: string) => void, now: () => number, overTls: boolean): Report {
  let lastAt = Number.NEGATIVE_INFINITY;
  let said: 'away' | 'here' = 'here';
  return {
    report(error) {
      // Redis repeats what an unknown command was called with, names of streams among it.
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(', with args');
      // Said of each command while there is no connection; the connection's own error says why.
      if (reason.includes('enableOfflineQueue') || now() - lastAt < quietMs) return;
      lastAt = now();
      said = 'away';
      // Redis waits for a line, and never for the greeting of TLS.
      const hint = overTls && reason.includes('ETIMEDOUT') ? '; a port without TLS wants redis://' : '';
      log(`Redis cannot be used (${reason.slice(0, 200)}${hint}). This instance goes on with what it knows itself.`);
    },
    recover() {
      if (said === 'away') log('Redis is connected again.');
      said = 'here';
    },
  };
}
