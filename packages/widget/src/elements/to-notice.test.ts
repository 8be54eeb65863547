import { createMessage } from '@nova-chat/client/conversation';
import { describe, expect, it } from 'vitest';
import { toNotice } from './to-notice.js';

const question = createMessage({ id: 'q', role: 'user', createdAt: 0, text: 'Why?', status: 'complete' });
const answer = createMessage({ id: 'a', role: 'assistant', createdAt: 0, text: 'So.', status: 'complete' });
const error = (code: string, retryable = true, retryAfterMs?: number) => ({
  code,
  message: '',
  retryable,
  retryAfterMs,
});

describe('toNotice', () => {
  it.each([
    ['a question', question, undefined],
    ['an answer', answer, undefined],
    ['an answer under way', { ...answer, status: 'streaming' as const }, undefined],
    ['a stop', { ...answer, status: 'aborted' as const }, { key: 'stopped', canRetry: true, isError: false }],
    ['a cut', { ...answer, status: 'truncated' as const }, { key: 'interrupted', canRetry: true, isError: true }],
    [
      'a cut that has a name',
      { ...answer, status: 'truncated' as const, error: error('stream_truncated', false) },
      { key: 'interrupted', canRetry: true, isError: true },
    ],
    ['silence', { ...answer, text: '' }, { key: 'noAnswer', canRetry: true, isError: true }],
    ['a limit', { ...answer, finishReason: 'length' }, { key: 'lengthLimit', canRetry: false, isError: false }],
    ['a filter', { ...answer, finishReason: 'content_filter' }, { key: 'filtered', canRetry: false, isError: false }],
    [
      'a refused question',
      { ...question, status: 'failed' as const, error: error('rate_limited') },
      { key: 'rateLimited', canRetry: true, isError: true },
    ],
    [
      'a question that was let down without a reason',
      { ...question, status: 'failed' as const },
      { key: 'unavailable', canRetry: true, isError: true },
    ],
    [
      'an answer that could not be had anew',
      { ...answer, error: error('bad_request', false) },
      { key: 'interrupted', canRetry: false, isError: true },
    ],
    [
      'a server that has given up, and asks not to be asked again by itself',
      { ...question, status: 'failed' as const, error: error('server_error', false) },
      { key: 'unavailable', canRetry: true, isError: true },
    ],
    [
      'an answer that broke off with an error of the server',
      { ...answer, status: 'failed' as const, error: error('idle_timeout', false) },
      { key: 'interrupted', canRetry: true, isError: true },
    ],
    [
      'an answer that may not be given',
      { ...answer, status: 'failed' as const, error: error('stream_error', false) },
      { key: 'interrupted', canRetry: false, isError: true },
    ],
    [
      'a question that is too long',
      { ...question, status: 'failed' as const, error: error('request_too_large', false) },
      { key: 'tooLong', canRetry: false, isError: true },
    ],
    [
      'a broken connection',
      { ...question, status: 'failed' as const, error: error('offline', false) },
      { key: 'offline', canRetry: true, isError: true },
    ],
  ])('%s', (_name, message, expected) => {
    expect(toNotice(message)).toEqual(expected);
  });
});

describe('toNotice of what asking again cannot mend', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is told of a code that all objects have, %s, like of one that is not known',
    (code) => {
      const refused = {
        ...question,
        status: 'failed' as const,
        error: { code, message: '', retryable: true } as never,
      };
      expect(toNotice(refused)).toEqual({ key: 'unavailable', canRetry: true, isError: true });
    },
  );

  it.each([
    ['authentication_error', 'misconfigured'],
    ['permission_error', 'misconfigured'],
    ['not_found', 'misconfigured'],
    ['invalid_option', 'misconfigured'],
    ['bad_request', 'unavailable'],
    ['insufficient_quota', 'unavailable'],
    ['content_filter', 'filtered'],
  ])('%s', (code, key) => {
    const message = { ...question, status: 'failed' as const, error: error(code, true) };
    expect(toNotice(message)).toEqual({ key, canRetry: false, isError: true });
  });
});
