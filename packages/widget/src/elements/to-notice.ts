import type { ConversationMessage } from '@nova-chat/client/conversation';
import type { ChatFailure } from '@nova-chat/client/protocol';
import type { NovaStrings } from '../i18n/nova-strings.js';

/** What is said about how a message ended, and whether asking again may help. */
export interface Notice {
  key: keyof NovaStrings;
  canRetry: boolean;
  /** It was an error, and not the reader's own stop or a limit. */
  isError: boolean;
}

const keysByCode: Readonly<Record<string, keyof NovaStrings>> = {
  // The code comes from the server: what objects inherit must not match.
  __proto__: null as never,
  rate_limited: 'rateLimited',
  insufficient_quota: 'unavailable',
  overloaded: 'unavailable',
  server_error: 'unavailable',
  http_error: 'unavailable',
  offline: 'offline',
  connection_error: 'noConnection',
  network_or_cors: 'noConnection',
  queue_timeout: 'noConnection',
  headers_timeout: 'noConnection',
  first_event_timeout: 'noAnswer',
  request_too_large: 'tooLong',
  content_filter: 'filtered',
  invalid_option: 'misconfigured',
  authentication_error: 'misconfigured',
  permission_error: 'misconfigured',
  not_found: 'misconfigured',
  redirect_refused: 'misconfigured',
  unexpected_content_type: 'misconfigured',
};

/** Asking again does not mend these. */
const lasting = /^(?:misconfigured|tooLong|filtered|bad_request|insufficient_quota)$/;

/** Gives the kind words for a settled message, or undefined when all went well. */
export function toNotice(message: ConversationMessage): Notice | undefined {
  const { role, status, text, error, finishReason } = message;
  if (error) {
    const key = keysByCode[error.code] ?? (text && role === 'assistant' ? 'interrupted' : 'unavailable');
    return { key, canRetry: status === 'truncated' || !isLasting(error, key), isError: true };
  }
  if (status === 'aborted') return { key: 'stopped', canRetry: true, isError: false };
  if (status === 'truncated' || status === 'failed') {
    return { key: role === 'user' ? 'unavailable' : 'interrupted', canRetry: true, isError: true };
  }
  if (status !== 'complete' || role === 'user') return undefined;
  if (finishReason === 'content_filter') return { key: 'filtered', canRetry: false, isError: false };
  if (finishReason === 'length') return { key: 'lengthLimit', canRetry: false, isError: false };
  return text === '' ? { key: 'noAnswer', canRetry: true, isError: true } : undefined;
}

/**
 * `retryable` is about asking again by itself: a server that has given up says no, and the visitor may still. Only of
 * an error inside a stream there is nothing else to tell it by.
 */
function isLasting({ code, retryable }: ChatFailure, key: string): boolean {
  return lasting.test(key) || lasting.test(code) || (code === 'stream_error' && !retryable);
}
