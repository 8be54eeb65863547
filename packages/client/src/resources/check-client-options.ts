import type { CallOptions, ChatStreamOptions, ClientOptions } from '../client-options.js';
import { checkOptions } from '../options/check-options.js';
import { invalidOption } from '../options/invalid-option.js';
import * as rule from '../options/option-rules.js';

const timeouts = { headersMs: rule.ms, firstEventMs: rule.ms, idleMs: rule.ms, totalMs: rule.ms };
const call = { signal: rule.signal, timeoutMs: rule.ms, headers: rule.headers, idempotencyKey: rule.key };
const client = {
  baseUrl: rule.address,
  headers: rule.givenHeaders,
  fetch: rule.anyFunction,
  transport: rule.transport,
  middleware: rule.functions,
  retry: { delays: rule.delays, retries: rule.fromZero, maxRetryAfterMs: rule.ms, jitter: rule.share },
  timeouts,
  onRetry: rule.anyFunction,
  logger: rule.logger,
};

/** Checks the options of `createClient`. Throws `invalid_option`. */
export function checkClientOptions(options: ClientOptions): void {
  const { baseUrl, retry } = options ?? {};
  if (typeof baseUrl !== 'string') throw invalidOption('baseUrl', rule.address[1]);
  checkOptions(options, client);
  if (retry?.retries && retry.delays?.length === 0) {
    throw invalidOption('retry.delays', 'a list of at least one wait, or retry.retries 0');
  }
}

/** Checks that a request for an answer is one, and not the question alone. Throws `invalid_option`. */
export function checkChatRequest(request: unknown): void {
  if (!Array.isArray(Object(request).messages)) throw invalidOption('request', 'an object with a list of messages');
}

/** Checks the options of one call. Throws `invalid_option`. */
export function checkCallOptions(options: CallOptions): void {
  checkOptions(options, call);
}

/** Checks the options of one streamed answer. Throws `invalid_option`. */
export function checkStreamOptions(options: ChatStreamOptions): void {
  checkOptions(options, { ...call, resume: rule.seconds, timeouts, maxEventLength: rule.fromOne });
}
