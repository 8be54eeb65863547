import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { shortAnswer } from '../answers.js';
import type { Play } from './play.js';
import {
  endStream,
  sendAnswer,
  sendChunk,
  sendJson,
  sendWords,
  startStream,
  toCompletion,
  toError,
  toEvent,
} from './stream-out.js';

const slowDelayMs = 6_000;
const hourMs = 3_600_000;
/** What a visitor has read when an answer breaks off. */
const part = shortAnswer.slice(0, 60);

/** Sends the first words, and then does `next`. */
const breakOff =
  (next: (response: ServerResponse) => void): Play =>
  async (response) => {
    startStream(response);
    await sendWords(response, part);
    // Else a reset would take along what has not been read yet.
    await wait(100);
    next(response);
  };

const refuse =
  (status: number, code: string, headers: Record<string, string> = {}): Play =>
  (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendJson(response, status, toError('Words of a server that a visitor never sees.', code));
  };

const limit = (headers: Record<string, string> = {}): Play => refuse(429, 'rate_limit_exceeded', headers);

/** Fails each first time, and answers each second time: what asks again by itself sees an answer. */
const once =
  (fault: Play): Play =>
  (response, question) =>
    question.count % 2 === 1 ? fault(response, question) : sendAnswer(response, shortAnswer);

const cutFirst: Play = (response) => {
  startStream(response);
  response.write(': waiting\n\n', () => response.destroy());
};

const broken: Record<string, Play> = {
  stall: breakOff(() => {}),
  cut: breakOff((response) => response.destroy()),
  'network-lost': breakOff((response) => response.destroy()),
  truncated: breakOff((response) => response.end()),
  'error-in-stream': breakOff((response) =>
    response.end(`data: ${toError('The model is overloaded.', 'overloaded_error')}\n\n`),
  ),
  'shutting-down': breakOff((response) =>
    response.end(`data: ${toError('The server is shutting down.', 'server_shutting_down')}\n\n`),
  ),
  garbage: breakOff((response) => response.end('data: \u0000\u0001<html>\uFFFF not JSON {{{\n\n')),
  oversize: breakOff((response) => void response.write(`data: "${'x'.repeat(16 * 1024 * 1024)}`)),
  'half-character': async (response) => {
    startStream(response);
    const bytes = Buffer.from(
      [...'Ångström – 5 € – 你好 – 👍🏽'].map((letter) => toEvent({ content: letter })).join(''),
    );
    for (let start = 0; start < bytes.length; start += 61) {
      response.write(bytes.subarray(start, start + 61));
      await wait(5);
    }
    response.end(Buffer.from(toEvent({ content: '€' })).subarray(0, -40));
  },
};

const slow: Record<string, Play> = {
  silence: () => {},
  'slow-first-token': async (response) => {
    startStream(response);
    await wait(slowDelayMs);
    await sendWords(response, shortAnswer);
    endStream(response);
  },
  drip: async (response) => {
    startStream(response);
    for (const letter of shortAnswer) {
      if (response.closed) return;
      sendChunk(response, { content: letter });
      await wait(40);
    }
    endStream(response);
  },
  buffered: async (response) => {
    await wait(2_000);
    startStream(response);
    response.write([...shortAnswer].map((letter) => toEvent({ content: letter })).join(''));
    endStream(response);
  },
  endless: async (response) => {
    startStream(response);
    for (let line = 1; !response.closed; line++)
      await sendWords(response, `Line ${line} of an answer without an end.\n\n`);
  },
};

const limited: Record<string, Play> = {
  'rate-limited': limit({ 'retry-after': '20' }),
  'rate-limited-date': (response, question) => {
    // Only the difference of the two counts: the clock of this server is an hour fast.
    const now = Date.now() + hourMs;
    const date = new Date(now).toUTCString();
    return limit({ date, 'retry-after': new Date(now + 20_000).toUTCString() })(response, question);
  },
  'rate-limited-past': limit({ 'retry-after': 'Sat, 01 Jan 2000 00:00:05 GMT' }),
  'rate-limited-huge': limit({ 'retry-after': '999999999999' }),
  'rate-limited-silent': limit(),
  busy: refuse(503, 'overloaded', { 'retry-after': '20' }),
};

const refused: Record<string, Play> = {
  overloaded: refuse(503, 'overloaded'),
  'overloaded-529': refuse(529, 'overloaded_error'),
  'no-credit': refuse(429, 'insufficient_quota'),
  'bad-request': refuse(400, 'invalid_request_error'),
  'too-long': refuse(413, 'request_too_large'),
  'provider-refused': refuse(502, 'upstream_auth_error', { 'x-should-retry': 'false' }),
  'wrong-key': refuse(401, 'invalid_api_key'),
  redirected: (response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  'html-page': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title><h1>Log in</h1>');
  },
};

const odd: Record<string, Play> = {
  'plain-json': (response) => sendJson(response, 200, JSON.stringify(toCompletion(shortAnswer))),
  'done-twice': async (response) => {
    startStream(response);
    await sendWords(response, `${shortAnswer} An answer ends with data: [DONE] and not before.`);
    sendChunk(response, {}, 'stop');
    response.end(`data: [DONE]\n\n${toEvent({ content: 'AFTER THE END' })}data: [DONE]\n\n`);
  },
  compressed: (response) => {
    const text = toEvent({ role: 'assistant', content: shortAnswer }) + toEvent({}, 'stop');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    response.end(gzipSync(`${text}data: [DONE]\n\n`));
  },
  'clock-ahead': limit({ 'retry-after': '20' }),
  'mixed-up': async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"choices":[]}\n\n');
    response.write(toEvent({ content: null }));
    await sendWords(response, shortAnswer);
    response.write(toEvent({ role: 'assistant' }));
    response.write('data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\n\n');
    endStream(response);
  },
  newer: async (response) => {
    startStream(response, { 'nova-version': '99' });
    response.write('event: weather\ndata: {"sun":true}\n\n');
    response.write(toEvent({ content: '', mood: 'calm' }, null, { nova: { telepathy: true } }));
    await sendWords(response, shortAnswer);
    endStream(response);
  },
};

/** What a server does that fails, or that answers in a way nobody expects. */
export const faultPlays: Readonly<Record<string, Play>> = {
  'reset-once': once((response) => void response.destroy()),
  'cut-first-once': once(cutFirst),
  'cut-first': cutFirst,
  ...broken,
  ...slow,
  ...limited,
  ...refused,
  ...odd,
};
