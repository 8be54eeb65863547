import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { always, completion, errorBody, json, once } from '../wire.js';
import { type FaultCase, inSpite, never } from './fault-case.js';

const date = (ms: number): string => new Date(ms).toUTCString();
/** The server's clock is an hour fast; only the difference of its two dates counts. */
const serverNow = Date.now() + 3_600_000;

const refused = (status: number, code: NovaErrorCode, requests: number): FaultCase => ({
  row: status === 401 || status === 403 ? 49 : status >= 500 ? 21 : 23,
  name: `status ${status}, each time`,
  script: always(json(status, errorBody('some_code'))),
  ...never,
  code,
  requests,
});

const recovers = (status: number, row = 21): FaultCase => ({
  row,
  name: `status ${status}, once`,
  script: once(json(status, errorBody(null))),
  ...inSpite,
  requests: 2,
  retrySource: 'delays',
});

const limited = (
  name: string,
  row: number,
  headers: Record<string, string>,
  rest: Partial<FaultCase> = {},
): FaultCase => ({
  row,
  name,
  script: once(json(429, errorBody('rate_limit_exceeded', 'Slow down.', 'rate_limit_error'), headers)),
  ...inSpite,
  requests: 2,
  retrySource: 'delays',
  ...rest,
});

const tooLong = { ...never, code: 'rate_limited', requests: 1, retrySource: 'none' } as const;

/** Answers with another status than 200. */
export const statusFaults: readonly FaultCase[] = [
  limited('429, retry-after-ms', 15, { 'retry-after-ms': '60' }, { retrySource: 'retry-after' }),
  limited('429, Retry-After in seconds', 15, { 'retry-after': '1' }, { retrySource: 'retry-after' }),
  limited(
    '429, Retry-After as a date of a clock that is an hour fast',
    16,
    { date: date(serverNow), 'retry-after': date(serverNow + 1000) },
    { retrySource: 'retry-after' },
  ),
  limited('429, Retry-After in the past', 17, { 'retry-after': date(Date.now() - 3_600_000) }),
  limited('429, Retry-After 0', 17, { 'retry-after': '0' }),
  limited('429, Retry-After negative', 17, { 'retry-after': '-5' }),
  limited('429, Retry-After garbage', 17, { 'retry-after': 'soon' }),
  limited(
    '429, Retry-After an hour',
    18,
    { 'retry-after': '3600' },
    {
      ...tooLong,
      script: always(json(429, errorBody('rate_limit_exceeded'), { 'retry-after': '3600' })),
      retryAfterMs: 3_600_000,
    },
  ),
  limited(
    '429, Retry-After beyond any timer',
    18,
    {},
    {
      ...tooLong,
      script: always(json(429, errorBody('rate_limit_exceeded'), { 'retry-after': '999999999999999' })),
      retryAfterMs: 2 ** 31 - 1,
    },
  ),
  limited('429 without Retry-After', 19, {}),
  {
    row: 20,
    name: '429 insufficient_quota',
    script: always(json(429, errorBody('insufficient_quota', 'No money left.', 'insufficient_quota'))),
    ...never,
    code: 'insufficient_quota',
    requests: 1,
  },
  { ...refused(402, 'insufficient_quota', 1), row: 20 },
  ...[500, 502, 503, 504].map((status) => recovers(status)),
  refused(503, 'server_error', 4),
  {
    row: 21,
    name: '503 with retry-after-ms, once',
    script: once(json(503, errorBody(null), { 'retry-after-ms': '60' })),
    ...inSpite,
    requests: 2,
    retrySource: 'retry-after',
  },
  {
    row: 24,
    name: '502 of a server whose provider refused the key',
    script: always(json(502, errorBody('upstream_auth_error'), { 'x-should-retry': 'false' })),
    ...never,
    code: 'server_error',
    requests: 1,
  },
  {
    row: 21,
    name: '503 with x-should-retry: false',
    script: always(json(503, errorBody(null), { 'x-should-retry': 'false' })),
    ...never,
    code: 'server_error',
    requests: 1,
  },
  {
    row: 23,
    name: '400 with x-should-retry: true, once',
    script: once(json(400, errorBody(null), { 'x-should-retry': 'true' })),
    ...inSpite,
    requests: 2,
  },
  recovers(529, 22),
  recovers(408, 23),
  recovers(409, 23),
  recovers(425, 23),
  refused(400, 'bad_request', 1),
  refused(404, 'not_found', 1),
  refused(413, 'request_too_large', 1),
  refused(422, 'bad_request', 1),
  refused(401, 'authentication_error', 1),
  refused(403, 'permission_error', 1),
  {
    row: 14,
    name: 'a server that refuses to stream',
    script: (request) =>
      JSON.parse(request.body || '{}').stream
        ? json(400, {
            error: {
              message: 'Streaming is not supported.',
              type: 'invalid_request_error',
              param: 'stream',
              code: 'unsupported_value',
            },
          })
        : json(200, completion),
    ...inSpite,
    requests: 2,
    transport: 'json',
  },
];
