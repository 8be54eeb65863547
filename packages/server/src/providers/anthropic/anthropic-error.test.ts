import { describe, expect, it } from 'vitest';
import { toAnthropicError } from './anthropic-error.js';

function convert(status: number, type: string, message: string): unknown {
  const text = JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' });
  const headers = new Headers({ 'request-id': 'req_1' });
  return toAnthropicError({ provider: 'claude', status, headers, text, apiKey: 'sk-ant-planted-1' });
}

describe('toAnthropicError', () => {
  it.each([
    [400, 'invalid_request_error', 'max_tokens: too large', { code: 'bad_request', status: 400 }],
    [401, 'authentication_error', 'invalid x-api-key', { code: 'authentication_error', body: undefined }],
    [402, 'billing_error', 'pay', { code: 'insufficient_quota', retryable: false, body: undefined }],
    [403, 'permission_error', 'no', { code: 'permission_error', body: undefined }],
    [404, 'not_found_error', 'model: claude-9', { code: 'not_found', body: { code: 'model_not_found' } }],
    [404, 'not_found_error', 'Not Found', { code: 'not_found', body: { code: 'not_found_error' } }],
    [413, 'request_too_large', 'Request exceeds', { code: 'request_too_large', status: 413 }],
    [429, 'rate_limit_error', 'slow down', { code: 'rate_limited', retryable: true, body: undefined }],
    [500, 'api_error', 'oops', { code: 'server_error', retryable: true, body: undefined }],
    [504, 'timeout_error', 'oops', { code: 'server_error', retryable: true }],
    [529, 'overloaded_error', 'Overloaded', { code: 'overloaded', retryable: true }],
    [503, 'overloaded_error', 'Overloaded', { code: 'overloaded', retryable: true }],
    [
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the API.',
      { code: 'insufficient_quota', status: 402 },
    ],
  ])('converts %d %s (%s)', (status, type, message, expected) => {
    expect(convert(status, type, message)).toMatchObject({ requestId: 'req_1', ...expected });
  });

  it('tells the caller what is wrong with the request, without the key and in one short line', () => {
    const message = `messages.0:\n  all text must be non-empty; key sk-ant-planted-1 ${'x'.repeat(1000)}`;
    expect(convert(400, 'invalid_request_error', message)).toMatchObject({
      message: 'The provider claude answered with status 400 (invalid_request_error).',
      body: { message: expect.stringMatching(/^messages\.0: all text must be non-empty; key … x{200,}$/) },
    });
  });
});
