import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { envVariables, type ProviderName } from './env-variables.js';

export type { ProviderName } from './env-variables.js';

/** Where a provider that speaks OpenAI's API is, and what may be asked of it. */
export interface OpenAiConfig {
  apiKey: string | undefined;
  /** Without a slash at the end. */
  baseUrl: string;
  /** The first is the default. */
  models: readonly string[];
}

export interface SiteConfig {
  /** Absolute path of the folder with the content. */
  folder: string;
  /** Base of the links to the pages; undefined: the server's own `/docs/`. */
  url: string | undefined;
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
export interface ServerConfig {
  host: string;
  port: number;
  logLevel: string;
  /** Exact origins, or `['*']`. */
  allowedOrigins: readonly string[];
  maxBodyBytes: number;
  providerOrder: readonly ProviderName[];
  openai: OpenAiConfig;
  site: SiteConfig;
  timeouts: CallTimeouts;
  /** Longest time that status and headers are held back for the first content. */
  peekMs: number;
  /** Silence after which a comment keeps a stream's connection open. */
  keepAliveMs: number;
  shutdownMs: number;
}

/** A variable with a bad value; the message is one line for the one who starts the server. */
export class ConfigError extends Error {
  override readonly name: 'ConfigError' = 'ConfigError' as const;
}

type Environment = Readonly<Record<string, string | undefined>>;
type VariableName = keyof typeof envVariables;
type VariableValue<N extends VariableName> = (typeof envVariables)[N]['default'];

/** The docs that the build puts beside the built server. */
const ownContentFolder = fileURLToPath(new URL('./content', import.meta.url));

/**
 * Reads and checks the configuration; nothing else in this package reads the environment. An empty variable counts as
 * not set. Throws a `ConfigError` for the first bad value.
 */
export function loadConfig(env: Environment = process.env): ServerConfig {
  const hasOpenAi = isSet(env, 'OPENAI_API_KEY') || isSet(env, 'OPENAI_BASE_URL');
  return {
    host: read(env, 'HOST'),
    port: read(env, 'PORT'),
    logLevel: read(env, 'LOG_LEVEL'),
    allowedOrigins: read(env, 'ALLOWED_ORIGINS'),
    maxBodyBytes: read(env, 'MAX_BODY_BYTES'),
    providerOrder: readProviderOrder(env, hasOpenAi),
    openai: {
      apiKey: read(env, 'OPENAI_API_KEY') || undefined,
      baseUrl: read(env, 'OPENAI_BASE_URL').replace(/\/+$/, ''),
      models: read(env, 'OPENAI_MODEL'),
    },
    site: {
      folder: readFolder(env),
      url: withSlash(read(env, 'SITE_URL')) || undefined,
      name: read(env, 'SITE_NAME') || undefined,
    },
    timeouts: {
      headersMs: read(env, 'HEADERS_TIMEOUT_MS'),
      firstEventMs: read(env, 'FIRST_EVENT_TIMEOUT_MS'),
      idleMs: read(env, 'IDLE_TIMEOUT_MS'),
      totalMs: read(env, 'TOTAL_TIMEOUT_MS'),
    },
    peekMs: read(env, 'PEEK_MS'),
    keepAliveMs: read(env, 'KEEP_ALIVE_MS'),
    shutdownMs: read(env, 'SHUTDOWN_MS'),
  };
}

function isSet(env: Environment, name: VariableName): boolean {
  return (env[name] ?? '').trim() !== '';
}

function read<N extends VariableName>(env: Environment, name: N): VariableValue<N> {
  const variable = envVariables[name];
  if (!isSet(env, name)) return variable.default;
  const parsed = variable.schema.safeParse(env[name]?.trim());
  if (!parsed.success) throw badValue(name, variable.must);
  // The schema's output type is the default's type; the compiler loses that link across the union of variables.
  return parsed.data as VariableValue<N>;
}

/** The value itself is not in the line: it may be a key that was put into the wrong variable. */
function badValue(name: VariableName, must: string): ConfigError {
  return new ConfigError(`${name} must be ${must}, for example ${name}=${envVariables[name].example}`);
}

function readProviderOrder(env: Environment, hasOpenAi: boolean): readonly ProviderName[] {
  const order = read(env, 'PROVIDER_ORDER');
  if (order.length === 0) return hasOpenAi ? ['openai', 'site'] : ['site'];
  if (order.includes('openai') && !hasOpenAi) {
    throw new ConfigError(
      'OPENAI_API_KEY must be set because PROVIDER_ORDER names openai, for example OPENAI_API_KEY=sk-… ' +
        '(or OPENAI_BASE_URL=http://127.0.0.1:8080/v1 for a server that takes no key)',
    );
  }
  return order;
}

function readFolder(env: Environment): string {
  const folder = read(env, 'SITE_CONTENT');
  if (folder === '') return ownContentFolder;
  const path = resolve(folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw badValue('SITE_CONTENT', envVariables.SITE_CONTENT.must);
  }
  return path;
}

function withSlash(url: string): string {
  return url === '' || url.endsWith('/') ? url : `${url}/`;
}
