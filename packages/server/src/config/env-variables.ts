import { z } from 'zod';

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

const isBaseUrl = (text: string): boolean => {
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

const isOrigin = (text: string): boolean => isBaseUrl(text) && URL.parse(text)?.origin === text;

/** Names of the providers that `PROVIDER_ORDER` may hold. */
export type ProviderName = 'openai' | 'site';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const text = (must: string, example: string): EnvVariable<string> => ({
  schema: z.string(),
  must,
  example,
  default: '',
});

interface EnvVariables {
  HOST: EnvVariable<string>;
  PORT: EnvVariable<number>;
  LOG_LEVEL: EnvVariable<(typeof logLevels)[number]>;
  PROVIDER_ORDER: EnvVariable<ProviderName[]>;
  OPENAI_API_KEY: EnvVariable<string>;
  OPENAI_BASE_URL: EnvVariable<string>;
  OPENAI_MODEL: EnvVariable<string[]>;
  SITE_CONTENT: EnvVariable<string>;
  SITE_URL: EnvVariable<string>;
  SITE_NAME: EnvVariable<string>;
  ALLOWED_ORIGINS: EnvVariable<string[]>;
  MAX_BODY_BYTES: EnvVariable<number>;
  HEADERS_TIMEOUT_MS: EnvVariable<number>;
  FIRST_EVENT_TIMEOUT_MS: EnvVariable<number>;
  IDLE_TIMEOUT_MS: EnvVariable<number>;
  TOTAL_TIMEOUT_MS: EnvVariable<number>;
  PEEK_MS: EnvVariable<number>;
  KEEP_ALIVE_MS: EnvVariable<number>;
  SHUTDOWN_MS: EnvVariable<number>;
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
  LOG_LEVEL: { schema: z.enum(logLevels), must: `one of ${logLevels.join(', ')}`, example: 'info', default: 'info' },
  PROVIDER_ORDER: {
    schema: commaList
      .pipe(z.array(z.enum(['openai', 'site'])).min(1))
      .refine((names) => new Set(names).size === names.length),
    must: 'a list of providers (openai, site), each once',
    example: 'openai,site',
    default: [],
  },
  OPENAI_API_KEY: {
    schema: z.string().regex(/^[\x21-\x7e]+$/),
    must: 'a key of visible ASCII characters, without spaces or quotes around it',
    example: 'sk-…',
    default: '',
  },
  OPENAI_BASE_URL: {
    schema: z.string().refine(isBaseUrl),
    must: 'an http(s) URL without user, query or fragment',
    example: 'https://api.openai.com/v1',
    default: 'https://api.openai.com/v1',
  },
  OPENAI_MODEL: {
    schema: commaList.pipe(z.array(z.string().regex(/^[\x21-\x7e]+$/)).min(1)),
    must: 'one model id, or several with commas (the first is the default)',
    example: 'gpt-5-mini',
    default: ['gpt-5-mini'],
  },
  SITE_CONTENT: text('a folder that can be read', './content'),
  SITE_URL: {
    schema: z.string().refine(isBaseUrl),
    must: 'an http(s) URL without user, query or fragment',
    example: 'https://example.com/docs/',
    default: '',
  },
  SITE_NAME: { schema: z.string().max(80), must: 'a name of at most 80 characters', example: 'Nova Chat', default: '' },
  ALLOWED_ORIGINS: {
    schema: commaList.pipe(
      z
        .array(z.string())
        .min(1)
        .refine((list) => list.every(isOrigin) || (list.length === 1 && list[0] === '*')),
    ),
    must: '* or a list of origins (scheme, host and port; no path, no slash at the end)',
    example: 'https://example.com,https://www.example.com',
    default: ['*'],
  },
  MAX_BODY_BYTES: {
    schema: wholeNumber(1024, 104_857_600),
    must: 'a whole number of bytes from 1024 to 104857600',
    example: '1048576',
    default: 1_048_576,
  },
  HEADERS_TIMEOUT_MS: milliseconds(30_000),
  FIRST_EVENT_TIMEOUT_MS: milliseconds(60_000),
  IDLE_TIMEOUT_MS: milliseconds(30_000),
  TOTAL_TIMEOUT_MS: milliseconds(600_000),
  PEEK_MS: milliseconds(10_000),
  KEEP_ALIVE_MS: milliseconds(15_000),
  SHUTDOWN_MS: milliseconds(30_000),
};
