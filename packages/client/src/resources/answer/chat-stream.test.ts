import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type NovaClient } from '../../create-client.js';
import type { ChatEvent } from '../../protocol/index.js';
import { question } from '../../test-support/open-client.js';
import { sseAnswer, sseChunk } from '../../test-support/sse-text.js';
import {
  chunkedHead,
  sseHead,
  startTcpServer,
  type TcpServer,
  toWireChunk,
  type WireRequest,
} from '../../test-support/start-tcp-server.js';
import { cutsInTwo, toBytes } from '../../testing/cut-bytes.js';
import { createPool, type Pool } from '../../transport/create-pool.js';

type Answer = Parameters<typeof startTcpServer>[0];

const done = 'data: [DONE]\n\n';
const end = sseChunk({}, { finish_reason: 'stop' });
const par = sseChunk({ content: 'par' });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const respond =
  (status: string, headers: string, body = ''): Answer =>
  (socket) =>
    void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n${headers}\r\n\r\n${body}`);
const stream =
  (...pieces: string[]): Answer =>
  (socket) =>
    void socket.end(sseHead + pieces.join(''));
/** Sends a part of a chunked body, whose end is known from a reset, and goes on doing something else. */
const then =
  (text: string, go: (socket: Parameters<Answer>[0]) => void): Answer =>
  (socket) =>
    void socket.write(chunkedHead + toWireChunk(text), () => setTimeout(go, 10, socket));

let pool: Pool;
beforeAll(() => {
  pool = createPool();
});
afterAll(() => pool.close());

const kinds = ['fetch', 'pool'] as const;

/** `limitMs`: short where a limit is what is tested, else long enough for any machine. */
function connect(
  kind: (typeof kinds)[number],
  server: TcpServer,
  { delays = [], limitMs = 8_000 }: { delays?: number[]; limitMs?: number } = {},
): NovaClient {
  return createClient({
    baseUrl: server.url,
    ...(kind === 'pool' && { transport: pool }),
    retry: { delays },
    timeouts: { headersMs: limitMs, firstEventMs: limitMs, idleMs: limitMs, totalMs: 5 * limitMs },
  });
}

describe.each(kinds)('chat.stream over %s', (kind) => {
  it.each<[string, Answer, { outcome: string; text: string; code?: string; transport?: string | undefined }]>([
    ['a whole answer', stream(sseAnswer('hi there')), { outcome: 'complete', text: 'hi there', transport: 'sse' }],
    ['no [DONE] but a finish_reason', stream(par, end), { outcome: 'complete', text: 'par' }],
    ['[DONE] but no finish_reason', stream(par, done), { outcome: 'complete', text: 'par' }],
    ['neither', stream(par), { outcome: 'truncated', text: 'par', code: 'stream_truncated' }],
    ['an end without line breaks', stream(par, end.trimEnd()), { outcome: 'complete', text: 'par' }],
    ['data after [DONE]', stream(par, done, par, done), { outcome: 'complete', text: 'par' }],
    ['an early [DONE]', stream(done, par), { outcome: 'complete', text: '' }],
    ['[DONE] with blanks', stream(par, 'data:  [DONE] \n\n', par), { outcome: 'complete', text: 'par' }],
    ['[DONE] in the text', stream(sseAnswer('say [DONE] now')), { outcome: 'complete', text: 'say [DONE] now' }],
    ['[DONE] and an open socket', then(par + done, () => {}), { outcome: 'complete', text: 'par' }],
    ['a finish_reason and an open socket', then(par + end, () => {}), { outcome: 'complete', text: 'par' }],
    [
      'a reset after the finish_reason',
      then(par + end, (socket) => socket.resetAndDestroy()),
      { outcome: 'complete', text: 'par' },
    ],
    [
      'an error object in a chunk',
      stream(par, 'data: {"error":{"message":"secret","type":"server_error","code":"boom"}}\n\n', par),
      { outcome: 'failed', text: 'par', code: 'stream_error' },
    ],
    [
      'event: error',
      stream(par, 'event: error\ndata: {"error":{"message":"secret"}}\n\n'),
      { outcome: 'failed', text: 'par', code: 'stream_error' },
    ],
    [
      'event: error with text',
      stream(par, 'event: error\ndata: secret\n\n'),
      { outcome: 'failed', text: 'par', code: 'stream_error' },
    ],
    ['broken JSON', stream(par, 'data: {"secret\n\n'), { outcome: 'failed', text: 'par', code: 'invalid_stream' }],
    ['a ping event', stream('event: ping\ndata: {"type":"ping"}\n\n', par, end), { outcome: 'complete', text: 'par' }],
    ['a ping without JSON', stream('event: ping\ndata: x\n\n', par, end), { outcome: 'complete', text: 'par' }],
    [
      'a reset in mid-answer',
      then(par, (socket) => socket.resetAndDestroy()),
      { outcome: 'failed', text: 'par', code: 'stream_interrupted' },
    ],
    ['a stall', then(par, () => {}), { outcome: 'failed', text: 'par', code: 'idle_timeout' }],
    [
      'a stall with comments',
      (socket) => {
        socket.write(sseHead + par);
        const timer = setInterval(() => socket.write(': ping\n\n'), 20);
        socket.on('close', () => clearInterval(timer));
      },
      { outcome: 'failed', text: 'par', code: 'idle_timeout' },
    ],
    [
      'pings that are chunks',
      (socket) => {
        socket.write(sseHead + par);
        const timer = setInterval(() => socket.write(sseChunk({ content: '' })), 20);
        socket.on('close', () => clearInterval(timer));
      },
      { outcome: 'failed', text: 'par', code: 'idle_timeout' },
    ],
    ['silence after the headers', then('', () => {}), { outcome: 'failed', text: '', code: 'first_event_timeout' }],
    ['silence', () => {}, { outcome: 'failed', text: '', code: 'headers_timeout' }],
    [
      'pings for ever and words between them',
      (socket) => {
        socket.write(sseHead);
        const timer = setInterval(() => socket.write(par), 50);
        socket.on('close', () => clearInterval(timer));
      },
      { outcome: 'failed', text: expect.stringMatching(/^(par)+$/) as unknown as string, code: 'total_timeout' },
    ],
    [
      'HTML',
      respond('200 OK', 'content-type: text/html', '<html>secret'),
      { outcome: 'failed', text: '', code: 'unexpected_content_type' },
    ],
    [
      'HTML that calls itself an event stream',
      stream('<!doctype html>secret'),
      { outcome: 'failed', text: '', code: 'unexpected_content_type' },
    ],
    [
      'a picture',
      respond('200 OK', 'content-type: image/png', 'secret'),
      { outcome: 'failed', text: '', code: 'unexpected_content_type' },
    ],
    ['nothing', respond('200 OK', 'content-type: text/event-stream'), { outcome: 'truncated', text: '' }],
    [
      'one JSON answer',
      respond(
        '200 OK',
        'content-type: application/json',
        '{"choices":[{"index":0,"message":{"role":"assistant","content":"all"},"finish_reason":"stop"}]}',
      ),
      { outcome: 'complete', text: 'all', transport: 'json' },
    ],
    [
      'a JSON answer over many lines, without a finish_reason, that calls itself an event stream',
      stream(JSON.stringify({ choices: [{ message: { content: 'all' } }] }, null, 2), '\n', done),
      { outcome: 'complete', text: 'all', transport: 'json' },
    ],
    [
      'JSON that is no answer',
      respond('200 OK', 'content-type: application/json', '{"login":"please"}'),
      { outcome: 'failed', text: '', code: 'invalid_stream' },
    ],
    [
      'half a JSON answer',
      respond('200 OK', 'content-type: application/json', '{"choices":[{"message":{"content":"al'),
      { outcome: 'truncated', text: '' },
    ],
    [
      'an error object with status 200',
      respond('200 OK', 'content-type: application/json', '{"error":{"message":"secret","code":"invalid_api_key"}}'),
      { outcome: 'failed', text: '', code: 'stream_error' },
    ],
    [
      'NDJSON',
      respond(
        '200 OK',
        'content-type: application/x-ndjson',
        '{"choices":[{"delta":{"content":"li"}}]}\n{"choices":[{"delta":{"content":"nes"},"finish_reason":"stop"}]}\n',
      ),
      { outcome: 'complete', text: 'lines', transport: 'ndjson' },
    ],
    [
      'SSE without a content type',
      respond('200 OK', 'x-a: b', sseAnswer('sniffed')),
      { outcome: 'complete', text: 'sniffed', transport: 'sse' },
    ],
    [
      'gzip',
      (socket) => {
        const body = gzipSync(sseAnswer('small'));
        socket.write(sseHead.replace('connection', 'content-encoding: gzip\r\nconnection'));
        socket.end(body);
      },
      { outcome: 'complete', text: 'small' },
    ],
    [
      'a wrong content-encoding',
      respond('200 OK', 'content-type: text/event-stream\r\ncontent-encoding: gzip', sseAnswer('plain')),
      { outcome: 'failed', text: '', code: 'decode_error' },
    ],
    [
      'an answer cut inside a character',
      (socket) =>
        void socket.end(
          Buffer.concat([Buffer.from(sseHead + par), toBytes(sseChunk({ content: '👍' })).slice(0, -60)]),
        ),
      { outcome: 'truncated', text: 'par' },
    ],
    [
      'status 401',
      respond('401 No', 'x-a: b', 'secret'),
      { outcome: 'failed', text: '', code: 'authentication_error' },
    ],
    ['status 404', respond('404 No', 'x-a: b', 'secret'), { outcome: 'failed', text: '', code: 'not_found' }],
    ['status 503', respond('503 No', 'x-a: b', 'secret'), { outcome: 'failed', text: '', code: 'server_error' }],
    [
      'a reset instead of headers',
      (socket) => void socket.resetAndDestroy(),
      { outcome: 'failed', text: '', code: 'connection_error' },
    ],
    [
      'a redirect to another origin',
      respond('307 Go', 'location: http://127.0.0.2:1/v1/chat/completions'),
      { outcome: 'failed', text: '', code: 'redirect_refused' },
    ],
    [
      'a redirect that would lose the question',
      respond('302 Go', 'location: /elsewhere'),
      { outcome: 'failed', text: '', code: 'redirect_refused' },
    ],
    [
      'redirects without end',
      respond('308 Go', 'location: /again'),
      { outcome: 'failed', text: '', code: 'redirect_refused' },
    ],
  ])('tells the truth about %s', async (_, answer, { outcome, text, code, ...rest }) => {
    await using server = await startTcpServer(answer);
    const result = await connect(kind, server, { limitMs: 400 }).chat.stream(question).result();
    expect({ ...result, code: result.error?.code }).toMatchObject({ outcome, text, ...(code && { code }), ...rest });
    expect(JSON.stringify(result.error?.message ?? '')).not.toContain('secret');
    expect(result.error?.partial).toEqual(result.error && result.completion);
  });

  it('follows a redirect on the same origin, question and all', async () => {
    await using server = await startTcpServer((socket, request) =>
      (request.path === '/new' ? stream(sseAnswer('moved')) : respond('308 Go', 'location: /new'))(socket, request),
    );
    expect(await connect(kind, server).chat.stream(question).result()).toMatchObject({
      text: 'moved',
      outcome: 'complete',
    });
    expect(server.requests.map(({ path, body }) => [path, JSON.parse(body).stream])).toEqual([
      ['/v1/chat/completions', true],
      ['/new', true],
    ]);
  });

  it('gives the same answer wherever the bytes are cut', { timeout: 60_000 }, async () => {
    const body = `: hi\n\n${sseChunk({ role: 'assistant', content: '' })}${sseChunk({ content: 'é👍' })}${end}${done}`;
    const cuts = cutsInTwo(toBytes(body));
    await using server = await startTcpServer(async (socket, { index }) => {
      const [first, second] = cuts[index] as [Uint8Array, Uint8Array];
      socket.write(sseHead);
      socket.write(first);
      await turn();
      socket.end(second);
    });
    const client = connect(kind, server);
    for (let index = 0; index < cuts.length; index++) {
      const events: ChatEvent[] = [];
      for await (const event of client.chat.stream(question)) events.push(event);
      expect(events).toEqual([
        { type: 'stream-start', model: 'm' },
        { type: 'text-delta', text: 'é👍', choice: 0 },
        { type: 'end', outcome: 'complete', finishReason: 'stop' },
      ]);
    }
  });

  it('tells a truncated answer wherever it is cut off', { timeout: 60_000 }, async () => {
    const body = toBytes(`${sseChunk({ content: 'é' })}${end}`);
    const last = toBytes(end.trimEnd()).length - end.length + body.length;
    await using server = await startTcpServer(
      (socket, { index }) => void socket.end(Buffer.concat([Buffer.from(sseHead), body.slice(0, index)])),
    );
    const client = connect(kind, server);
    for (let index = 0; index < body.length; index++) {
      expect((await client.chat.stream(question).result()).outcome).toBe(index < last ? 'truncated' : 'complete');
    }
  });

  it.each<[string, (client: NovaClient) => Promise<unknown>]>([
    [
      'break',
      async (client) => {
        for await (const event of client.chat.stream(question)) if (event.type === 'text-delta') break;
      },
    ],
    [
      'an abort',
      async (client) => {
        const controller = new AbortController();
        for await (const event of client.chat.stream(question, { signal: controller.signal })) {
          if (event.type === 'text-delta') controller.abort();
          if (event.type === 'end') expect(event.outcome).toBe('aborted');
        }
      },
    ],
    [
      'stop()',
      async (client) => {
        const answer = client.chat.stream(question);
        for await (const event of answer) if (event.type === 'text-delta') await answer.stop();
        expect(await answer.result()).toMatchObject({ outcome: 'aborted', text: 'par', message: { content: 'par' } });
      },
    ],
    [
      'a cancelled pipe',
      async (client) => {
        const texts = client.chat.stream(question).toReadableStream().pipeThrough(new TransformStream());
        const reader = texts.getReader();
        await reader.read();
        await reader.cancel();
      },
    ],
    [
      'both ends of a tee',
      async (client) => {
        const [a, b] = client.chat.stream(question).tee();
        for await (const event of a) if (event.type === 'text-delta') break;
        for await (const event of b) if (event.type === 'text-delta') break;
      },
    ],
  ])('closes the connection on %s', async (_, leave) => {
    await using server = await startTcpServer(then(par, () => {}));
    await leave(connect(kind, server));
    await expect.poll(() => server.open.size).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it('sends nothing for a signal that is aborted already', async () => {
    await using server = await startTcpServer(stream(sseAnswer('no')));
    const result = await connect(kind, server).chat.stream(question, { signal: AbortSignal.abort() }).result();
    expect(result).toMatchObject({ outcome: 'aborted', attempts: 0 });
    expect(server.requests).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['a 503', respond('503 No', 'x-a: b')],
    ['a reset', (socket) => void socket.resetAndDestroy()],
    ['a reset after the headers', then('', (socket) => socket.resetAndDestroy())],
    ['a reset after the role', then(sseChunk({ role: 'assistant' }), (socket) => socket.resetAndDestroy())],
    ['silence', () => {}],
    ['silence after the headers', then('', () => {})],
    ['an overloaded first event', stream('data: {"error":{"type":"overloaded_error","message":"x"}}\n\n')],
    ['an end before the content', stream(sseChunk({ role: 'assistant' }))],
  ])('asks again after %s, with the same question and key', async (_, first) => {
    await using server = await startTcpServer((socket, request) =>
      (request.index === 0 ? first : stream(sseAnswer('second time')))(socket, request),
    );
    const result = await connect(kind, server, { delays: [1, 1], limitMs: 400 })
      .chat.stream(question, { idempotencyKey: true })
      .result();
    expect(result).toMatchObject({ outcome: 'complete', text: 'second time', attempts: 2 });
    const sent = ({ body, headers }: WireRequest): unknown => [body, headers['idempotency-key']];
    expect(server.requests).toHaveLength(2);
    expect(sent(server.requests[1] as WireRequest)).toEqual(sent(server.requests[0] as WireRequest));
  });

  it.each<[string, Answer]>([
    ['a reset after content', then(par, (socket) => socket.resetAndDestroy())],
    ['an error after content', stream(par, 'data: {"error":{"type":"overloaded_error","message":"x"}}\n\n')],
    ['an invalid request in the stream', stream('data: {"error":{"type":"invalid_request_error","message":"x"}}\n\n')],
    ['status 400', respond('400 No', 'x-a: b')],
    ['a refused x-should-retry', respond('503 No', 'x-should-retry: false')],
    ['a quota that is used up', respond('429 No', 'x-a: b', '{"error":{"code":"insufficient_quota","message":"x"}}')],
    ['an account that is empty', respond('402 No', 'x-a: b')],
    ['a Retry-After of an hour', respond('429 No', 'retry-after: 3600')],
    ['HTML', respond('200 OK', 'content-type: text/html')],
  ])('never asks again after %s', async (_, answer) => {
    await using server = await startTcpServer(answer);
    const result = await connect(kind, server, { delays: [1, 1] })
      .chat.stream(question)
      .result();
    expect(result).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['400', '{"error":{"message":"x","param":"stream"}}'],
    ['422', '{"error":{"message":"Streaming is not supported."}}'],
    ['501', ''],
    ['405', ''],
    ['406', ''],
  ])('asks a server that refuses streaming with %s once more, without it', async (status, body) => {
    const whole = JSON.stringify({ choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] });
    await using server = await startTcpServer((socket, request) =>
      (JSON.parse(request.body).stream
        ? respond(`${status} No`, 'x-a: b', body)
        : respond('200 OK', 'content-type: application/json', whole))(socket, request),
    );
    const result = await connect(kind, server).chat.stream(question).result();
    expect(result).toMatchObject({ outcome: 'complete', text: 'whole', transport: 'json', attempts: 2 });
  });

  it('sends no header that a preflight would stop at', async () => {
    await using server = await startTcpServer(stream(sseAnswer('x')));
    await connect(kind, server).chat.stream(question).result();
    const own = Object.keys(server.requests[0]?.headers ?? {}).filter(
      (name) => !/^(host|connection|content-length|sec-|user-agent|accept-)/.test(name),
    );
    expect(own.sort()).toEqual(['accept', 'content-type']);
  });
});
