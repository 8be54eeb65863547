import { z } from 'zod';
import { vendorUrls } from './vendor-kinds.js';

/** One environment variable: what it takes, and what to say when it got something else. */
export interface EnvVariable<T> {
  schema: z.ZodType<T, string>;
  /** Finishes the sentence "PORT must be …". */
  must: string;
  example: string;
  default: T;
}

const milliseconds = (defaultMs: number): EnvVariable<number> => ({
  schema: wholeNumber(1, 86_400_000),
  must: 'a whole number of milliseconds from 1 to 86400000',
  example: String(defaultMs),
  default: defaultMs,
});

function wholeNumber(minimum: number, maximum: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum));
}

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);

/** Of keys: what a header can carry, without the quotes that `docker --env-file` leaves around a value. */
export const keyPattern: RegExp = /^(?!["'])[\x21-\x7e]+$/;

/** Of model ids, which may hold slashes and colons. */
export const modelPattern: RegExp = /^[\x21-\x7e]{1,200}$/;

/** Tells a URL that paths can be put behind: http(s), without user, query or fragment. */
export const isBaseUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
};

export const trimSlashes = (url: string): string => url.replace(/\/+$/, '');

/** A star in a host is no pattern: no page has such an origin. */
const isOrigin = (text: string): boolean => isBaseUrl(text) && /^[a-z]+:\/\/[^/*]+$/i.test(text);

/** As browsers send it: small letters, no default port, other scripts as `xn--`. */
const toOrigin = (text: string): string => URL.parse(text)?.origin ?? text;

/** ioredis asks for a database by any word, and falls with it. */
const isRedisUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^rediss?:\/\//.test(url.href) &&
    /^\/?\d*$/.test(url.pathname) &&
    /^\d*$/.test(url.searchParams.get('db') ?? '')
  );
};

/** Of providers and aliases: no slash, which stands between provider and model. */
export const namePattern: RegExp = /^[A-Za-z0-9][\w.-]{0,63}$/;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const text = (must: string, example: string): EnvVariable<string> => ({
  schema: z.string(),
  must,
  example,
  default: '',
});

const key = (example: string): EnvVariable<string> => ({
  schema: z.string().regex(keyPattern),
  must: 'a key of visible ASCII characters, without spaces or quotes around it',
  example,
  default: '',
});

const baseUrl = (url: string): EnvVariable<string> => ({
  schema: z.string().refine(isBaseUrl),
  must: 'an http(s) URL without user, query or fragment',
  example: url,
  default: url,
});

const optionalUrl = (example: string): EnvVariable<string> => ({ ...baseUrl(example), default: '' });

const models = (model: string): EnvVariable<string[]> => ({
  schema: commaList.pipe(
    z
      .array(
        z
          .string()
          .regex(modelPattern)
          .regex(/^[^"']/),
      )
      .min(1),
  ),
  must: 'one model id, or several with commas (the first is the default), without quotes around them',
  example: model,
  default: [model],
});

interface EnvVariables {
  HOST: EnvVariable<string>;
  PORT: EnvVariable<number>;
  PUBLIC_URL: EnvVariable<string>;
  LOG_LEVEL: EnvVariable<(typeof logLevels)[number]>;
  PROVIDER_ORDER: EnvVariable<string[]>;
  NOVA_CONFIG: EnvVariable<string>;
  ANTHROPIC_API_KEY: EnvVariable<string>;
  ANTHROPIC_BASE_URL: EnvVariable<string>;
  ANTHROPIC_MODEL: EnvVariable<string[]>;
  OPENAI_API_KEY: EnvVariable<string>;
  OPENAI_BASE_URL: EnvVariable<string>;
  OPENAI_MODEL: EnvVariable<string[]>;
  GEMINI_API_KEY: EnvVariable<string>;
  GEMINI_BASE_URL: EnvVariable<string>;
  GEMINI_MODEL: EnvVariable<string[]>;
  OLLAMA_BASE_URL: EnvVariable<string>;
  OLLAMA_MODEL: EnvVariable<string[]>;
  SITE_CONTENT: EnvVariable<string>;
  SITE_URL: EnvVariable<string>;
  SITE_NAME: EnvVariable<string>;
  ALLOWED_ORIGINS: EnvVariable<string[]>;
  MAX_BODY_BYTES: EnvVariable<number>;
  PROVIDER_CONNECTIONS: EnvVariable<number>;
  HEADERS_TIMEOUT_MS: EnvVariable<number>;
  FIRST_EVENT_TIMEOUT_MS: EnvVariable<number>;
  IDLE_TIMEOUT_MS: EnvVariable<number>;
  TOTAL_TIMEOUT_MS: EnvVariable<number>;
  PEEK_MS: EnvVariable<number>;
  KEEP_ALIVE_MS: EnvVariable<number>;
  START_TIMEOUT_MS: EnvVariable<number>;
  RETRY_DELAYS_MS: EnvVariable<number[]>;
  SHUTDOWN_MS: EnvVariable<number>;
  REDIS_URL: EnvVariable<string>;
}

/** Every variable that the server reads. An empty text as the default means: worked out from the others. */
export const envVariables: EnvVariables = {
  HOST: {
    schema: z.string().regex(/^[\w.:-]+$/),
    must: 'a host name or an IP address',
    example: '0.0.0.0',
    default: '127.0.0.1',
  },
  PORT: { schema: wholeNumber(0, 65_535), must: 'a whole number from 0 to 65535', example: '8787', default: 8787 },
  PUBLIC_URL: optionalUrl('https://chat.example.com'),
  LOG_LEVEL: { schema: z.enum(logLevels), must: `one of ${logLevels.join(', ')}`, example: 'info', default: 'info' },
  PROVIDER_ORDER: {
    schema: commaList
      .pipe(z.array(z.string().regex(namePattern)).min(1))
      .refine((names) => new Set(names).size === names.length),
    must: 'a list of providers (claude, openai, gemini, ollama, site, or a name of NOVA_CONFIG), each once',
    example: 'claude,openai,site',
    default: [],
  },
  NOVA_CONFIG: text('a JSON file that can be read', './nova.config.json'),
  ANTHROPIC_API_KEY: key('sk-ant-…'),
  ANTHROPIC_BASE_URL: baseUrl(vendorUrls.anthropic),
  ANTHROPIC_MODEL: models('claude-sonnet-5-5'),
  OPENAI_API_KEY: key('sk-…'),
  OPENAI_BASE_URL: baseUrl(vendorUrls.openai),
  OPENAI_MODEL: models('gpt-6-luna'),
  GEMINI_API_KEY: key('AIza…'),
  GEMINI_BASE_URL: baseUrl(vendorUrls.gemini),
  GEMINI_MODEL: models('gemini-3.5-flash-lite'),
  OLLAMA_BASE_URL: baseUrl(vendorUrls.ollama),
  OLLAMA_MODEL: models('llama3.2'),
  SITE_CONTENT: text('a folder that can be read', './content'),
  SITE_URL: optionalUrl('https://example.com/docs/'),
  SITE_NAME: { schema: z.string().max(80), must: 'a name of at most 80 characters', example: 'Nova Chat', default: '' },
  ALLOWED_ORIGINS: {
    schema: commaList.pipe(
      z
        .array(z.string())
        .min(1)
        .refine((list) => list.every(isOrigin) || (list.length === 1 && list[0] === '*'))
        .transform((list) => list.map((origin) => (origin === '*' ? origin : toOrigin(origin)))),
    ),
    must: '* alone, or a list of origins (scheme, host and port; no path, no slash at the end, no * within)',
    example: 'https://example.com,https://www.example.com',
    default: ['*'],
  },
  MAX_BODY_BYTES: {
    schema: wholeNumber(1024, 104_857_600),
    must: 'a whole number of bytes from 1024 to 104857600',
    example: '8388608',
    // Some eight questions with pictures as the widget takes them: all of a conversation goes along with each question.
    default: 8_388_608,
  },
  PROVIDER_CONNECTIONS: {
    schema: wholeNumber(1, 10_000),
    must: 'a whole number from 1 to 10000',
    example: '100',
    default: 100,
  },
  HEADERS_TIMEOUT_MS: milliseconds(30_000),
  // Half of what all attempts get together, so that the next provider has its turn.
  FIRST_EVENT_TIMEOUT_MS: milliseconds(30_000),
  // Shorter than the client's own 30 s: the next provider must speak before the reader gives up.
  IDLE_TIMEOUT_MS: milliseconds(20_000),
  TOTAL_TIMEOUT_MS: milliseconds(600_000),
  PEEK_MS: milliseconds(10_000),
  KEEP_ALIVE_MS: milliseconds(15_000),
  START_TIMEOUT_MS: milliseconds(60_000),
  RETRY_DELAYS_MS: {
    schema: commaList.pipe(z.array(wholeNumber(0, 60_000)).min(1).max(10)).or(z.literal('none').transform(() => [])),
    must: 'none or a list of at most 10 whole numbers of milliseconds, each up to 60000',
    example: '1000,2000,4000',
    default: [1000, 2000, 4000],
  },
  SHUTDOWN_MS: milliseconds(30_000),
  REDIS_URL: {
    schema: z.string().refine(isRedisUrl),
    must: 'a redis:// or rediss:// URL, with nothing but the number of a database behind the host (in a password, / is %2F, # is %23 and @ is %40)',
    example: 'redis://127.0.0.1:6379',
    default: '',
  },
};
