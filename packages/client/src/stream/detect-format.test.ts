import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect-format.js';

describe('detectFormat', () => {
  it.each<[string | null, string, string | undefined]>([
    ['text/event-stream', '', undefined],
    ['text/event-stream', '  \n', undefined],
    ['text/event-stream', 'anything', 'sse'],
    ['text/event-stream', '{', 'json'],
    ['application/x-ndjson', '{', 'json'],
    ['application/jsonl', '{', 'json'],
    ['application/json', ' [', 'json'],
    ['application/json; charset=utf-8', '{', 'json'],
    ['application/problem+json', '{', 'json'],
    ['application/json', 'data:', 'sse'],
    ['application/json', ': ping', 'sse'],
    ['text/plain', 'da', undefined],
    ['text/plain', 'data', 'sse'],
    ['text/plain; charset=utf-8', '\uFEFFevent: x', 'sse'],
    ['application/octet-stream', 'id: 1', 'sse'],
    [null, 'retry: 5', 'sse'],
    ['', '{"', 'json'],
  ])('takes the type %j with %j for %s', (type, start, format) => expect(detectFormat(type, start)).toBe(format));

  it.each<[string | null, string]>([
    ['text/html', ''],
    ['text/html', 'data: 1'],
    ['image/png', ''],
    ['x bogus', 'data: 1'],
    ['text/event-stream', '<!doctype html>secret'],
    ['application/json', '<xml>secret'],
    ['application/json', 'Bad gateway, secret'],
    [null, 'Not found: secret'],
  ])('refuses the type %j with %j, and does not quote it', (type, start) => {
    const detect = (): unknown => detectFormat(type, start, 502);
    expect(detect).toThrow(expect.objectContaining({ code: 'unexpected_content_type', status: 502, retryable: false }));
    expect(detect).toThrow('status 502');
    expect(detect).not.toThrow('secret');
  });
});
