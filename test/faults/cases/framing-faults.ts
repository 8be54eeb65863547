import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  always,
  completion,
  data,
  delta,
  done,
  errorBody,
  finish,
  goodStream,
  head,
  json,
  pieces,
  role,
  settle,
  text,
  wholeText,
} from '../wire.js';
import { brokenOff, type FaultCase, inSpite, never, part, partial } from './fault-case.js';

const emptyChunk = { id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [] };
const choice = (index: number, value: Record<string, unknown>, reason: string | null = null): string =>
  data({ ...emptyChunk, choices: [{ index, delta: value, finish_reason: reason }] });

/** What comes in the place of a stream, and how streams are cut, packed and written. */
export const framingFaults: readonly FaultCase[] = [
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
          data({ ...emptyChunk, prompt_filter_results: [] }) +
          delta({ content: null }) +
          pieces.map(text).join('') +
          finish +
          data({ ...emptyChunk, usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }) +
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
