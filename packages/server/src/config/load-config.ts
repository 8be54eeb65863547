import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './config-error.js';
import { envVariables, trimSlashes } from './env-variables.js';
import { loadProviders, type ProvidersConfig } from './provider-config.js';
import { type Environment, isSet, readVariable, type VariableName } from './read-variable.js';

export { ConfigError } from './config-error.js';
export type { ProviderConfig, ProvidersConfig, TargetConfig, VendorConfig, VendorKind } from './provider-config.js';

/** What the embedded provider answers from. */
export interface SiteConfig {
  /** Absolute path of the folder with the content. */
  folder: string;
  /** Whose it is: `demo` is this project's own documentation. */
  content: 'demo' | 'own';
  /** Base of the links to the pages; undefined: the server's own `/docs/`, at its `publicUrl`. */
  url: string | undefined;
  /** Stands at the top of its pages; undefined: the title of the first one. */
  name: string | undefined;
}

/** How long one call of a provider may take, in ms. */
export interface CallTimeouts {
  headersMs: number;
  firstEventMs: number;
  idleMs: number;
  totalMs: number;
}

/** The whole configuration of a server. Times are in ms. */
export interface ServerConfig extends ProvidersConfig {
  /** Address to listen on. */
  host: string;
  /** 0: any free one. */
  port: number;
  /** Where visitors reach the server, without a slash at the end; undefined: where it listens. */
  publicUrl: string | undefined;
  /** A level of pino, such as `info`. */
  logLevel: string;
  /** Exact origins, or `['*']`. */
  allowedOrigins: readonly string[];
  /** Longest body of a request; a longer one is refused with 413. */
  maxBodyBytes: number;
  /** Answers that a provider may have under way at a time; what goes beyond waits. */
  providerConnections: number;
  site: SiteConfig;
  /** Of each call of a provider. */
  timeouts: CallTimeouts;
  /** Longest time until the first word of a streamed answer, over all attempts. */
  startMs: number;
  /** Waits before the last candidate is asked again. */
  retryDelaysMs: readonly number[];
  /** Where instances share what they know; undefined: nowhere. May hold a password. */
  redisUrl: string | undefined;
  /** Longest time that status and headers are held back for the first content. */
  peekMs: number;
  /** Silence after which a comment keeps a stream's connection open. */
  keepAliveMs: number;
  /** How long running answers may go on after the server was told to stop. */
  shutdownMs: number;
}

/** The docs that the build puts beside the built server. */
const ownContentFolder = fileURLToPath(new URL('./content', import.meta.url));

/**
 * Reads and checks the configuration; what else reads the environment only tells of it. An empty variable counts as not
 * set. Throws a `ConfigError` for the first bad value.
 */
export function loadConfig(env: Environment = process.env): ServerConfig {
  // Also checked for a provider that is not used: a variable that is set should be right.
  for (const name of Object.keys(envVariables) as VariableName[]) readVariable(env, name);
  return {
    host: readVariable(env, 'HOST'),
    port: readVariable(env, 'PORT'),
    publicUrl: trimSlashes(readVariable(env, 'PUBLIC_URL')) || undefined,
    logLevel: readVariable(env, 'LOG_LEVEL'),
    allowedOrigins: readVariable(env, 'ALLOWED_ORIGINS'),
    maxBodyBytes: readVariable(env, 'MAX_BODY_BYTES'),
    providerConnections: readVariable(env, 'PROVIDER_CONNECTIONS'),
    ...loadProviders(env),
    site: {
      folder: readFolder(env),
      content: isSet(env, 'SITE_CONTENT') ? 'own' : 'demo',
      url: withSlash(readVariable(env, 'SITE_URL')) || undefined,
      name: readVariable(env, 'SITE_NAME') || undefined,
    },
    timeouts: {
      headersMs: readVariable(env, 'HEADERS_TIMEOUT_MS'),
      firstEventMs: readVariable(env, 'FIRST_EVENT_TIMEOUT_MS'),
      idleMs: readVariable(env, 'IDLE_TIMEOUT_MS'),
      totalMs: readVariable(env, 'TOTAL_TIMEOUT_MS'),
    },
    startMs: readVariable(env, 'START_TIMEOUT_MS'),
    retryDelaysMs: readVariable(env, 'RETRY_DELAYS_MS'),
    redisUrl: readVariable(env, 'REDIS_URL') || undefined,
    peekMs: readVariable(env, 'PEEK_MS'),
    keepAliveMs: readVariable(env, 'KEEP_ALIVE_MS'),
    shutdownMs: readVariable(env, 'SHUTDOWN_MS'),
  };
}

function readFolder(env: Environment): string {
  const folder = readVariable(env, 'SITE_CONTENT');
  if (folder === '') return ownContentFolder;
  const path = resolve(folder);
  const trouble = findTrouble(path);
  if (trouble === undefined) return path;
  const { must, example } = envVariables.SITE_CONTENT;
  throw new ConfigError(
    `SITE_CONTENT must be ${must}, and ${path} ${trouble}: ` +
      `create it or name another, for example SITE_CONTENT=${example}`,
  );
}

function findTrouble(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return 'does not exist';
    return found.isDirectory() ? undefined : 'is a file';
  } catch {
    return 'cannot be looked at by this user';
  }
}

function withSlash(url: string): string {
  return url === '' || url.endsWith('/') ? url : `${url}/`;
}
