import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { NovaErrorCode, Outcome } from '@nova-chat/client/protocol';
import type { FaultScript, FaultStep } from '../support/fault-server.js';
import {
  always,
  answer,
  chunkedHead,
  completion,
  data,
  delta,
  done,
  errorBody,
  finish,
  framed,
  goodStream,
  head,
  json,
  once,
  pieces,
  role,
  settle,
  text,
  wholeText,
} from './wire.js';

/** One fault on the way of an answer, and what a client that tells the truth says of it. */
export interface FaultCase {
  /** Row of the fault matrix: faults of one kind share a number. */
  row: number;
  name: string;
  script: FaultScript;
  outcome: Outcome;
  /** Text of the answer, or of the part that arrived. */
  text: string;
  code?: NovaErrorCode;
  /** Requests that the server sees. */
  requests: number;
  /** Where the delay of the first retry comes from; `none` when there must be no retry. */
  retrySource?: 'delays' | 'retry-after' | 'none';
  transport?: 'sse' | 'ndjson' | 'json';
  retryAfterMs?: number;
  /** Only through a self-signed TLS server. */
  tls?: true;
}

const part = 'Hel';
const partial: readonly FaultStep[] = [head(200), { send: role + text(part) }, settle];
/** Chunked, because a reset ends a body without a declared end as well as any other end does. */
const chunkedPartial: readonly FaultStep[] = [chunkedHead(), framed(role + text(part)), settle];
const start: readonly FaultStep[] = [head(200), { send: role }, settle];
const inSpite = { outcome: 'complete', text: wholeText } as const;
const never = { outcome: 'failed', text: '' } as const;
const brokenOff = { outcome: 'failed', text: part, requests: 1 } as const;

const date = (ms: number): string => new Date(ms).toUTCString();
/** The server's clock is an hour fast; only the difference of its two dates counts. */
const serverNow = Date.now() + 3_600_000;

const connection: FaultCase[] = [
  {
    row: 3,
    name: 'a certificate that nobody signed',
    script: always(answer),
    tls: true,
    ...never,
    code: 'connection_error',
    requests: 0,
  },
  { row: 4, name: 'a reset before the headers, once', script: once(['reset']), ...inSpite, requests: 2 },
  {
    row: 4,
    name: 'a reset before the headers, each time',
    script: always(['reset']),
    ...never,
    code: 'connection_error',
    requests: 4,
  },
  { row: 4, name: 'an end before the headers, once', script: once(['end']), ...inSpite, requests: 2 },
  {
    row: 5,
    name: 'a reset after the headers',
    script: once([chunkedHead(), settle, 'reset']),
    ...inSpite,
    requests: 2,
  },
  {
    row: 5,
    name: 'a reset after the role, before content',
    script: once([...start, 'reset']),
    ...inSpite,
    requests: 2,
  },
  { row: 5, name: 'an end after the role, before content', script: once([...start, 'end']), ...inSpite, requests: 2 },
  {
    row: 6,
    name: 'a reset in mid-stream',
    script: always([...chunkedPartial, 'reset']),
    ...brokenOff,
    code: 'stream_interrupted',
  },
  {
    row: 6,
    name: 'a chunked body without its end',
    script: always([...chunkedPartial, 'end']),
    ...brokenOff,
    code: 'stream_interrupted',
  },
  { row: 7, name: 'a stall before the headers, once', script: once(['stall']), ...inSpite, requests: 2 },
  { row: 7, name: 'a stall before the first event, once', script: once([head(200), 'stall']), ...inSpite, requests: 2 },
  {
    row: 7,
    name: 'pings only, each time',
    script: always([head(200), { forever: ': ping\n\n', everyMs: 40 }]),
    ...never,
    code: 'first_event_timeout',
    requests: 4,
  },
  { row: 8, name: 'a stall in mid-stream', script: always([...partial, 'stall']), ...brokenOff, code: 'idle_timeout' },
  {
    row: 8,
    name: 'pings instead of content in mid-stream',
    script: always([...partial, { forever: ': ping\n\n', everyMs: 40 }]),
    ...brokenOff,
    code: 'idle_timeout',
  },
  {
    row: 9,
    name: 'a slow drip, byte by byte',
    script: always([
      head(200),
      { send: role + text('Hel') + text('lo ').slice(0, -40) },
      { drip: text('lo ').slice(-40), everyMs: 1 },
      { send: text('wörld 👋') + finish + done },
      'end',
    ]),
    ...inSpite,
    requests: 1,
  },
  {
    row: 10,
    name: 'a half-closed socket after the finish reason',
    script: always([head(200), { send: role + text(wholeText) + finish }, 'end']),
    ...inSpite,
    requests: 1,
  },
];

const choice = (index: number, value: Record<string, unknown>, reason: string | null = null): string =>
  data({
    id: 'x',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index, delta: value, finish_reason: reason }],
  });

const framing: FaultCase[] = [
  {
    row: 11,
    name: 'an end inside a code point',
    script: always([
      head(200),
      { send: role + text(part) },
      { send: Buffer.from('data: {"x":"👋').subarray(0, -2) },
      settle,
      'end',
    ]),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 12,
    name: 'a line of data that is no JSON, in mid-stream',
    script: always([...partial, { send: data('{"secret-payload": ') }, 'end']),
    ...brokenOff,
    code: 'invalid_stream',
  },
  {
    row: 12,
    name: 'binary noise instead of events',
    script: always([head(200), { send: Uint8Array.of(0, 255, 254, 0, 13, 10, 0, 1) }, 'end']),
    outcome: 'truncated',
    text: '',
    code: 'stream_truncated',
    requests: 4,
  },
  {
    row: 13,
    name: 'an HTML page with status 200',
    script: always([
      head(200, { 'content-type': 'text/html' }),
      { send: '<!doctype html><h1>secret-payload</h1>' },
      'end',
    ]),
    ...never,
    code: 'unexpected_content_type',
    requests: 1,
  },
  {
    row: 13,
    name: 'an HTML page that calls itself an event stream',
    script: always([head(200), { send: '<!doctype html><html><h1>secret-payload</h1></html>' }, 'end']),
    ...never,
    code: 'unexpected_content_type',
    requests: 1,
  },
  {
    row: 14,
    name: 'plain JSON instead of a stream',
    script: always(json(200, completion)),
    ...inSpite,
    requests: 1,
    transport: 'json',
  },
  {
    row: 14,
    name: 'plain JSON that calls itself an event stream',
    script: always([head(200), { send: JSON.stringify(completion) }, 'end']),
    ...inSpite,
    requests: 1,
    transport: 'json',
  },
  {
    row: 14,
    name: 'lines of JSON instead of SSE',
    script: always([
      head(200, { 'content-type': 'application/x-ndjson' }),
      {
        send: goodStream
          .replaceAll(/^data: /gm, '')
          .replaceAll('\n\n', '\n')
          .replace('[DONE]\n', ''),
      },
      'end',
    ]),
    ...inSpite,
    requests: 1,
    transport: 'ndjson',
  },
  {
    row: 14,
    name: 'an error object with status 200',
    script: always(json(200, errorBody('model_overloaded'))),
    ...never,
    code: 'stream_error',
    requests: 4,
  },
  {
    row: 26,
    name: 'no [DONE] after the finish reason',
    script: always([head(200), { send: role + text(wholeText) + finish }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 26,
    name: '[DONE] without a finish reason',
    script: always([head(200), { send: role + text(wholeText) + done }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 26,
    name: 'neither finish reason nor [DONE]',
    script: always([...partial, 'end']),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 27,
    name: 'a second [DONE] and data after it',
    script: always([head(200), { send: goodStream + text('again') + done }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] on a socket that stays open',
    script: always([head(200), { send: goodStream }, 'stall']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] inside the text',
    script: always([head(200), { send: role + text('say [DONE] ') + text('data: [DONE]') + finish + done }, 'end']),
    outcome: 'complete',
    text: 'say [DONE] data: [DONE]',
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] between blanks',
    script: always([head(200), { send: role + text(wholeText) + data(' [DONE] ') + text('again') }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 27,
    name: '[DONE] before anything was said',
    script: always([head(200), { send: done + text('again') }, 'end']),
    outcome: 'complete',
    text: '',
    requests: 1,
  },
  {
    row: 28,
    name: 'a compressed stream',
    script: always([head(200, { 'content-encoding': 'gzip' }), { send: gzipSync(goodStream) }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 28,
    name: 'a stream in brotli',
    script: always([head(200, { 'content-encoding': 'br' }), { send: brotliCompressSync(goodStream) }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 28,
    name: 'a compressed stream that does not say so',
    script: always([head(200), { send: gzipSync(goodStream) }, 'end']),
    outcome: 'truncated',
    text: '',
    code: 'stream_truncated',
    requests: 4,
  },
  {
    row: 28,
    name: 'a stream that lies about its compression',
    script: always([head(200, { 'content-encoding': 'gzip' }), { send: goodStream }, 'end']),
    ...never,
    code: 'decode_error',
    requests: 1,
  },
  {
    row: 29,
    name: 'a proxy that hands everything over at the end',
    script: always([head(200), { waitMs: 150 }, { send: goodStream }, 'end']),
    ...inSpite,
    requests: 1,
  },
  {
    row: 30,
    name: 'an event over the limit',
    script: always([...partial, { send: `data: ${'x'.repeat(300_000)}` }, 'stall']),
    ...brokenOff,
    code: 'event_too_large',
  },
  {
    row: 31,
    name: 'tokens without end',
    script: always([head(200), { forever: text('a'), everyMs: 50 }]),
    outcome: 'failed',
    text: 'a',
    code: 'total_timeout',
    requests: 1,
  },
  {
    row: 32,
    name: 'a redirect that would lose the question',
    script: always([head(302, { location: '/elsewhere', 'content-length': '0' }), 'end']),
    ...never,
    code: 'redirect_refused',
    requests: 1,
  },
  {
    row: 32,
    name: 'redirects without end',
    script: always([head(307, { location: 'again', 'content-length': '0' }), 'end']),
    ...never,
    code: 'redirect_refused',
    requests: 4,
  },
  {
    row: 47,
    name: 'two choices in turn, of which one ends first',
    script: always([
      head(200),
      {
        send: [
          choice(1, { content: 'the other' }),
          choice(0, { content: 'Hel' }),
          choice(1, {}, 'stop'),
          choice(0, { content: wholeText.slice(3) }),
          choice(0, {}, 'stop'),
        ].join(''),
      },
      'end',
    ]),
    ...inSpite,
    requests: 1,
  },
  {
    row: 47,
    name: 'two choices, of which one never ends',
    script: always([
      head(200),
      { send: choice(0, { content: part }) + choice(1, { content: 'the other' }) + choice(1, {}, 'stop') },
      'end',
    ]),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 47,
    name: 'empty choices, null content, no role, a chunk of usage only',
    script: always([
      head(200),
      {
        send:
          data({
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1,
            model: 'm',
            choices: [],
            prompt_filter_results: [],
          }) +
          delta({ content: null }) +
          pieces.map(text).join('') +
          finish +
          data({
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1,
            model: 'm',
            choices: [],
            usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
          }) +
          done,
      },
      'end',
    ]),
    ...inSpite,
    requests: 1,
  },
  {
    row: 50,
    name: 'unknown events, unknown members, comments, CRLF',
    script: always([
      head(200),
      {
        send: `: hello\n\nevent: whatever\ndata: {"some":"thing"}\n\n${role}${delta({ content: wholeText, shiny: { new: true } })}retry: 10\n\n${finish}${done}`.replaceAll(
          '\n',
          '\r\n',
        ),
      },
      'end',
    ]),
    ...inSpite,
    requests: 1,
  },
];

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

const statuses: FaultCase[] = [
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

const inBand = (name: string, event: string): FaultCase => ({
  row: 25,
  name,
  script: always([...partial, { send: event }, 'stall']),
  ...brokenOff,
  code: 'stream_error',
});

const errors: FaultCase[] = [
  inBand('an error object in a chunk', data(errorBody('overloaded'))),
  inBand('event: error', `event: error\n${data(errorBody('tool_use_failed'))}`),
  inBand(
    'an error event in the form of Anthropic',
    `event: error\n${data({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })}`,
  ),
  inBand(
    'an error with a numeric code and no type',
    data({ error: { code: 502, message: 'Provider returned error' } }),
  ),
  {
    row: 25,
    name: 'response.failed of the Responses API',
    script: always([
      ...partial,
      { send: `event: response.failed\n${data({ type: 'response.failed', response: { error: { code: 'x' } } })}` },
      'end',
    ]),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 22,
    name: 'overloaded in place of the first content, once',
    script: once([...start, { send: data(errorBody('overloaded_error', 'Overloaded', 'overloaded_error')) }, 'end']),
    ...inSpite,
    requests: 2,
  },
];

/** The faults that one HTTP server can make. */
export const faultCases: readonly FaultCase[] = [...connection, ...framing, ...statuses, ...errors];
