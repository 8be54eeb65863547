import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../routing/index.js';
import { toGeminiError } from './gemini-error.js';

const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' };
const keyInfo = {
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason: 'API_KEY_INVALID',
  domain: 'googleapis.com',
};

function convert(status: number, error: object, headers: Record<string, string> = {}): unknown {
  const text = JSON.stringify({ error: { code: status, ...error } });
  return toGeminiError({ provider: 'gemini', status, headers: new Headers(headers), text, apiKey: 'AIzaPlanted' });
}

describe('toGeminiError', () => {
  it.each<[status: number, error: object, expected: object]>([
    [
      400,
      { status: 'INVALID_ARGUMENT', message: 'temperature' },
      { code: 'bad_request', body: { message: 'temperature' } },
    ],
    [
      400,
      { status: 'INVALID_ARGUMENT', message: 'API key not valid.', details: [keyInfo] },
      { code: 'authentication_error', status: 401, body: undefined },
    ],
    [
      400,
      { status: 'FAILED_PRECONDITION', message: 'User location is not supported' },
      { code: 'permission_error', status: 403, body: undefined },
    ],
    [401, { status: 'UNAUTHENTICATED' }, { code: 'authentication_error' }],
    [403, { status: 'PERMISSION_DENIED' }, { code: 'permission_error' }],
    [
      404,
      { status: 'NOT_FOUND', message: 'models/gemini-9 is not found' },
      { code: 'not_found', body: { code: 'model_not_found' } },
    ],
    [429, { status: 'RESOURCE_EXHAUSTED', details: [{}, retryInfo] }, { code: 'rate_limited', retryAfterMs: 34_075 }],
    [
      429,
      { status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: 'soon' }] },
      { code: 'rate_limited', retryAfterMs: undefined },
    ],
    [500, { status: 'INTERNAL' }, { code: 'server_error', retryable: true }],
    [
      503,
      { status: 'UNAVAILABLE', message: 'The model is overloaded.' },
      { code: 'overloaded', retryable: true, body: undefined },
    ],
    [504, { status: 'DEADLINE_EXCEEDED' }, { code: 'server_error', retryable: true }],
  ])('converts %d %j', (status, error, expected) => {
    expect(convert(status, error)).toMatchObject({ status, ...expected });
  });

  it.each([
    [403, 'PERMISSION_DENIED', 'You do not have permission to access the File abc or it may not exist.'],
    [400, 'FAILED_PRECONDITION', 'The File abc is not in an ACTIVE state and usage is not allowed.'],
  ])('leaves a file of the request that cannot be had (%d) to the caller', (status, word, message) => {
    const error = convert(status, { status: word, message });
    expect(error).toMatchObject({ code: 'bad_request', status: 400, body: { message } });
    expect(classifyFailure(error)).toMatchObject({ kind: 'neutral', fault: 'caller' });
  });

  it('reads an error that stands in a list, as streams without SSE send it', () => {
    const text = JSON.stringify([{ error: { code: 503, status: 'UNAVAILABLE', message: 'x' } }]);
    const error = toGeminiError({ provider: 'gemini', status: 503, headers: new Headers(), text, apiKey: undefined });
    expect(error).toMatchObject({ code: 'overloaded' });
  });

  it('lets the body’s wait win over the header’s', () => {
    expect(convert(429, { details: [retryInfo] }, { 'retry-after': '5' })).toMatchObject({ retryAfterMs: 34_075 });
    expect(convert(429, {}, { 'retry-after': '5' })).toMatchObject({ retryAfterMs: 5000 });
  });
});
