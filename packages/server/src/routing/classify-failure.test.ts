import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it } from 'vitest';
import { classifyFailure, type FailureKind, type FailureVerdict } from './classify-failure.js';

const rows: [NovaErrorCode, number | undefined, FailureKind][] = [
  ['connection_error', undefined, 'failure'],
  ['headers_timeout', undefined, 'failure'],
  ['first_event_timeout', 200, 'failure'],
  ['idle_timeout', 200, 'failure'],
  ['total_timeout', 200, 'failure'],
  ['server_error', 500, 'failure'],
  ['server_error', 502, 'failure'],
  ['overloaded', 503, 'failure'],
  ['overloaded', 529, 'failure'],
  ['http_error', 599, 'failure'],
  ['stream_error', 200, 'failure'],
  ['stream_interrupted', 200, 'failure'],
  ['stream_truncated', 200, 'failure'],
  ['unexpected_content_type', 200, 'failure'],
  ['invalid_stream', 200, 'failure'],
  ['redirect_refused', 302, 'failure'],
  ['bad_request', 400, 'neutral'],
  ['http_error', 405, 'neutral'],
  ['conflict', 409, 'neutral'],
  ['request_too_large', 413, 'neutral'],
  ['content_filter', 400, 'neutral'],
  ['bad_request', 422, 'neutral'],
  ['queue_timeout', undefined, 'neutral'],
  ['aborted', undefined, 'neutral'],
  ['rate_limited', 429, 'rate-limited'],
  ['insufficient_quota', 429, 'misconfigured'],
  ['authentication_error', 401, 'misconfigured'],
  ['permission_error', 403, 'misconfigured'],
];

describe('classifyFailure', () => {
  it.each(rows)('takes %s with status %s as %s', (code, status, kind) => {
    expect(classifyFailure(new NovaError({ code, status, message: 'x' }))).toMatchObject({ kind, errorClass: code });
  });

  it('tells a model that is not there from an address where there is no API', () => {
    const body = { message: 'No such model.', type: 'invalid_request_error', param: null, code: 'model_not_found' };
    const missing = new NovaError({ code: 'not_found', status: 404, message: 'x', body });
    expect(classifyFailure(missing)).toMatchObject({ kind: 'neutral', fault: 'caller' });
    const nowhere = new NovaError({ code: 'not_found', status: 404, message: 'x' });
    expect(classifyFailure(nowhere)).toMatchObject({ kind: 'failure', fault: 'provider', code: 'upstream_error' });
  });

  it('does not hold a 403 of a firewall against the key', () => {
    const error = new NovaError({ code: 'http_error', status: 403, message: 'x' });
    expect(classifyFailure(error)).toMatchObject({ kind: 'neutral', code: 'upstream_auth_error', fault: 'provider' });
  });

  it.each<[string | null, string, Partial<FailureVerdict>]>([
    ['429', 'api_error', { kind: 'rate-limited', code: 'upstream_rate_limited', fault: 'provider' }],
    ['rate_limit_exceeded', 'tokens', { kind: 'rate-limited', code: 'upstream_rate_limited' }],
    ['rate_limit_error', 'rate_limit_error', { kind: 'rate-limited' }],
    ['400', 'BadRequestError', { kind: 'neutral', code: 'upstream_error', fault: 'caller' }],
    ['413', 'api_error', { kind: 'neutral', fault: 'caller' }],
    ['context_length_exceeded', 'invalid_request_error', { kind: 'neutral', fault: 'caller' }],
    ['invalid_request_error', 'invalid_request_error', { kind: 'neutral', fault: 'caller' }],
    ['content_filter', 'x', { kind: 'neutral', fault: 'caller' }],
    ['unsupported_value', 'x', { kind: 'neutral', fault: 'caller' }],
    // What the model wrote, and no limit or fault of the caller's.
    ['tool_use_failed', 'invalid_request_error', { kind: 'failure', fault: 'provider' }],
    ['502', 'api_error', { kind: 'failure', fault: 'provider' }],
    ['401', 'api_error', { kind: 'failure', fault: 'provider' }],
    ['4290', 'api_error', { kind: 'failure' }],
    [null, 'server_error', { kind: 'failure', fault: 'provider' }],
  ])('takes the error %s (%s) in a stream for what it says', (code, type, verdict) => {
    const body = { message: 'x', type, param: null, code };
    const error = new NovaError({ code: 'stream_error', message: 'x', body });
    expect(classifyFailure(error)).toMatchObject({ errorClass: 'stream_error', ...verdict });
  });

  it('keeps the wait that a limit asked for', () => {
    const error = new NovaError({ code: 'rate_limited', status: 429, retryAfterMs: 7000, message: 'x' });
    expect(classifyFailure(error).retryAfterMs).toBe(7000);
  });

  it.each<[NovaErrorCode, string]>([
    ['authentication_error', 'credentials'],
    ['insufficient_quota', 'credentials'],
    ['permission_error', 'target'],
    ['server_error', 'target'],
  ])('lets %s concern the %s', (code, scope) => {
    expect(classifyFailure(new NovaError({ code, message: 'x' })).scope).toBe(scope);
  });

  it.each([
    ['a broken converter', new TypeError('secret-key'), 'failure', 'provider_error'],
    ['something that is no error', 'secret-key', 'failure', 'provider_error'],
    ['a platform abort', new DOMException('gone', 'AbortError'), 'neutral', 'aborted'],
  ])('takes %s without its text', (_name, error, kind, errorClass) => {
    expect(classifyFailure(error)).toEqual({
      kind,
      errorClass,
      code: 'provider_error',
      fault: 'provider',
      scope: 'target',
    });
  });

  it('counts a code that it does not know as the failure of the provider', () => {
    const error = new NovaError({ code: 'server_error', message: 'x' });
    Object.defineProperty(error, 'code', { value: 'code_of_a_newer_client' });
    expect(classifyFailure(error).kind).toBe('failure');
  });
});
