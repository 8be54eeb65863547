import { NovaError, type NovaErrorCode } from '@nova-chat/client';
import { describe, expect, it } from 'vitest';
import { readDocs } from '../support/read-docs.js';

/** The compiler sees to it that this is the union, no code more and none less. */
const codes: Record<NovaErrorCode, true> = {
  invalid_option: true,
  already_read: true,
  offline: true,
  connection_error: true,
  network_or_cors: true,
  redirect_refused: true,
  queue_timeout: true,
  headers_timeout: true,
  bad_request: true,
  authentication_error: true,
  permission_error: true,
  not_found: true,
  conflict: true,
  request_too_large: true,
  content_filter: true,
  rate_limited: true,
  insufficient_quota: true,
  overloaded: true,
  server_error: true,
  http_error: true,
  unexpected_content_type: true,
  invalid_response: true,
  invalid_stream: true,
  decode_error: true,
  event_too_large: true,
  first_event_timeout: true,
  idle_timeout: true,
  total_timeout: true,
  stream_error: true,
  stream_interrupted: true,
  stream_truncated: true,
  aborted: true,
};

const page = readDocs().find(({ path }) => path === 'docs/client.md')?.text ?? '';
const section = page.slice(page.indexOf('### Error codes'), page.indexOf('## Headers, middleware'));
const rows = [...section.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)].map(([, code = '', cells = '']) => {
  const [, meaning = '', retryable = '', todo = ''] = cells.split('|').map((cell) => cell.trim());
  return { code, meaning, retryable, todo };
});

describe('the error codes of docs/client.md', () => {
  it('are those that there are, each once', () => {
    expect(rows.map(({ code }) => code).toSorted()).toEqual(Object.keys(codes).toSorted());
  });

  it.each(rows)('say of $code what a NovaError says', ({ code, meaning, retryable, todo }) => {
    const error = new NovaError({ code: code as NovaErrorCode, message: '' });
    expect(retryable).toBe(error.retryable ? 'yes' : 'no');
    expect(meaning).not.toBe('');
    expect(todo).not.toBe('');
  });
});
