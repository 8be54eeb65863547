import type { Redis, RedisValue } from 'ioredis';

/** Runs a Lua script in one step: its keys first, then its arguments. */
export type RedisScript = (commands: Redis, ...parameters: RedisValue[]) => Promise<unknown>;

type Scripts = Record<string, ((...parameters: RedisValue[]) => Promise<unknown>) | undefined>;

/**
 * Defines a Lua script. It is sent as a whole the first time on a connection and to a Redis that has lost it, otherwise by
 * its hash; `name` tells it from the commands and other scripts of a connection.
 */
export function defineScript(name: string, numberOfKeys: number, lua: string): RedisScript {
  return async (commands, ...parameters) => {
    const scripts = commands as unknown as Scripts;
    if (!scripts[name]) commands.defineCommand(name, { numberOfKeys, lua });
    return scripts[name]?.(...parameters);
  };
}
