import type { ClientOptions, TimeoutOptions } from '../client-options.js';
import { checkOptions } from '../errors/check-options.js';
import { invalidOption } from '../errors/invalid-option.js';

/** Checks the options of `createClient`. Throws `invalid_option`. */
export function checkClientOptions(options: ClientOptions): void {
  if (typeof options?.baseUrl !== 'string') {
    throw invalidOption('baseUrl', 'a string in an object, e.g. { baseUrl: "https://chat.example.com" }');
  }
  checkOptions('', options, {
    baseUrl: 'text',
    headers: 'headers',
    fetch: 'function',
    transport: 'object',
    middleware: 'functions',
    retry: 'object',
    timeouts: 'object',
    onRetry: 'function',
    logger: 'object',
  });
  checkOptions('retry.', options.retry ?? {}, {
    delays: 'delays',
    retries: 'whole',
    maxRetryAfterMs: 'ms',
    jitter: 'share',
  });
  checkTimeouts(options);
}

/** Checks the limits of a client or of one call. Throws `invalid_option`. */
export function checkTimeouts({ timeouts = {} }: { timeouts?: TimeoutOptions | undefined }): void {
  checkOptions('timeouts.', timeouts, { headersMs: 'ms', firstEventMs: 'ms', idleMs: 'ms', totalMs: 'ms' });
}
