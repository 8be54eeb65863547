import { readFileSync } from 'node:fs';
import { constants, gzipSync } from 'node:zlib';
import { type ClientOptions, createClient, type NovaClient, type RetryNotice } from '@nova-chat/client';
import { createPool } from '@nova-chat/client/node';
import { describe, expect, it } from 'vitest';
import { type FaultServer, startFaultServer } from '../support/fault-server.js';
import type { FaultCase } from './cases/fault-case.js';
import { faultCases } from './fault-cases.js';
import {
  always,
  answer,
  chunkedHead,
  done,
  finish,
  framed,
  goodStream,
  head,
  role,
  settle,
  text,
  wholeText,
} from './wire.js';

const tls = {
  key: readFileSync(new URL('../support/tls/self-signed.key', import.meta.url)),
  cert: readFileSync(new URL('../support/tls/self-signed.crt', import.meta.url)),
};
const messages = [{ role: 'user' as const, content: 'Hello?' }];
/** For the faults that a timer has to find. All others keep the defaults, so that a busy machine is no fault. */
const shortTimeouts = { headersMs: 800, firstEventMs: 800, idleMs: 800, totalMs: 5000 };
const rowsOfTimers = new Set([7, 8, 31]);

function serve(fault: Pick<FaultCase, 'script' | 'tls'>): Promise<FaultServer> {
  return startFaultServer(fault.script, fault.tls && tls);
}

const transports = ['pool', 'fetch'] as const;

interface Connection extends AsyncDisposable {
  client: NovaClient;
  notices: RetryNotice[];
}

/** A pool a test: a port that is used again must not meet a socket of the server before. */
function connect(
  transport: (typeof transports)[number],
  baseUrl: string,
  options: Partial<ClientOptions> = {},
): Connection {
  const pool = transport === 'pool' ? createPool() : undefined;
  const notices: RetryNotice[] = [];
  const client = createClient({
    baseUrl,
    retry: { delays: [10, 20, 40] },
    onRetry: (notice) => notices.push(notice),
    ...(pool && { transport: pool }),
    ...options,
  });
  return { client, notices, [Symbol.asyncDispose]: async () => pool?.close() };
}

// Concurrent, because most of a fault is waiting.
describe.concurrent.each(transports)('a stream over %s', (transport) => {
  it.for(faultCases)('tells the truth of row $row: $name', async (fault, { expect }) => {
    await using server = await serve(fault);
    await using connection = connect(
      transport,
      server.url,
      rowsOfTimers.has(fault.row) ? { timeouts: shortTimeouts } : {},
    );
    const { notices } = connection;
    const stream = connection.client.chat.stream({ messages }, { maxEventLength: 100_000 });
    const events = await Array.fromAsync(stream);
    const result = await stream.result();

    expect({ outcome: result.outcome, text: result.text, code: result.error?.code }).toEqual({
      outcome: fault.outcome,
      text: fault.name === 'tokens without end' ? expect.stringMatching(/^a{5,}$/) : fault.text,
      code: fault.code,
    });
    expect(server.requests).toHaveLength(fault.requests);
    if (fault.tls) expect(result.attempts).toBe(1);
    if (fault.retrySource) expect(notices[0]?.source ?? 'none').toBe(fault.retrySource);
    if (fault.transport) expect(result.transport).toBe(fault.transport);
    if (fault.retryAfterMs) expect(result.error?.retryAfterMs).toBe(fault.retryAfterMs);
    expect(JSON.stringify([result.error?.message, String(result.error)])).not.toContain('secret-payload');
    expect(events.filter((event) => event.type === 'end')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('end');
    expect(said(events)).toBe(result.text);
    await expect.poll(() => server.openSockets(), { timeout: 3000 }).toBe(0);
  });

  it('tells the truth of row 1: nobody listens', async ({ expect }) => {
    await using server = await serve({ script: always(answer) });
    await server.stop();
    await using connection = connect(transport, server.url);
    const result = await connection.client.chat.stream({ messages }).result();
    expect(result).toMatchObject({
      outcome: 'failed',
      text: '',
      attempts: 4,
      error: { code: 'connection_error', retryable: true },
    });
  });

  it('tells the truth of row 2: a name that does not exist', async ({ expect }) => {
    await using connection = connect(transport, 'http://nova-chat.invalid');
    const result = await connection.client.chat.stream({ messages }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: '', attempts: 4, error: { code: 'connection_error' } });
    expect(causeCodes(result.error)).toContainEqual(expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/));
  });

  it('keeps text whole wherever the bytes are cut', { timeout: 60_000 }, async ({ expect }) => {
    const bytes = Buffer.from(goodStream);
    await using server = await serve({
      script: ({ body }) => {
        const cut = Number(JSON.parse(body).user);
        return [head(200), { send: bytes.subarray(0, cut) }, { waitMs: 1 }, { send: bytes.subarray(cut) }, 'end'];
      },
    });
    await using connection = connect(transport, server.url);
    const cuts = Array.from(bytes.keys()).slice(1);
    while (cuts.length > 0) {
      const results = cuts.splice(0, 50).map(async (cut) => {
        const { outcome, text: got } = await connection.client.chat.stream({ messages, user: `${cut}` }).result();
        expect([cut, outcome, got]).toEqual([cut, 'complete', wholeText]);
      });
      await Promise.all(results);
    }
  });

  it('gives a compressed stream on as it comes (row 28)', async ({ expect }) => {
    const open = gzipSync(role + text('Hel'), { finishFlush: constants.Z_SYNC_FLUSH });
    await using server = await serve({
      script: always([head(200, { 'content-encoding': 'gzip' }), { send: open }, 'stall']),
    });
    await using connection = connect(transport, server.url);
    const stream = connection.client.chat.stream({ messages });
    for await (const event of stream) if (event.type === 'text-delta') await stream.stop();
    expect(await stream.result()).toMatchObject({ outcome: 'aborted', text: 'Hel' });
  });

  it('resets at any byte without a silent success', async ({ expect }) => {
    const body = role + text('one') + text('two') + finish + done;
    const commit = body.indexOf('one');
    const complete = body.indexOf('"finish_reason":"stop"') + '"finish_reason":"stop"}]}\n\n'.length;
    let cut = 0;
    await using server = await serve({
      script: (_, count) =>
        count % 2 ? [chunkedHead(), ...(cut ? [framed(body.slice(0, cut))] : []), settle, 'reset'] : answer,
    });
    await using connection = connect(transport, server.url);
    const { client } = connection;
    for (cut = 0; cut < body.length; cut += 23) {
      server.requests.length = 0;
      const { outcome, text: got } = await client.chat.stream({ messages }).result();
      if (cut >= complete) expect([cut, outcome, got]).toEqual([cut, 'complete', 'onetwo']);
      else if (got === wholeText) expect(cut).toBeLessThan(commit + 60);
      else expect([cut, outcome, 'onetwo'.startsWith(got)]).toEqual([cut, 'failed', true]);
    }
  });

  it('follows a redirect on its own origin and keeps the body (row 32)', async ({ expect }) => {
    await using server = await serve({
      script: (request) =>
        request.path === '/moved' ? answer : [head(307, { location: '/moved', 'content-length': '0' }), 'end'],
    });
    await using connection = connect(transport, server.url);
    const result = await connection.client.chat.stream({ messages }).result();
    expect([result.outcome, result.text]).toEqual(['complete', wholeText]);
    expect(server.requests[1]).toMatchObject({ method: 'POST', body: server.requests[0]?.body });
  });

  it('sends nothing when the signal had been aborted before (row 36)', async ({ expect }) => {
    await using server = await serve({ script: always(answer) });
    await using connection = connect(transport, server.url);
    const result = await connection.client.chat.stream({ messages }, { signal: AbortSignal.abort() }).result();
    expect([result.outcome, result.text, result.error]).toEqual(['aborted', '', undefined]);
    expect(server.requests).toHaveLength(0);
  });

  it('ends an abort in mid-stream with the part that arrived, and closes the socket (row 36)', async ({ expect }) => {
    await using server = await serve({ script: always([head(200), { send: role + text('Hel') }, 'stall']) });
    const abort = new AbortController();
    await using connection = connect(transport, server.url);
    const stream = connection.client.chat.stream({ messages }, { signal: abort.signal });
    for await (const event of stream) if (event.type === 'text-delta') abort.abort();
    const { outcome, text: got } = await stream.result();
    expect([outcome, got]).toEqual(['aborted', 'Hel']);
    await expect.poll(() => server.openSockets(), { timeout: 2000 }).toBe(0);
  });

  it('ends an abort before the headers as aborted (row 36)', async ({ expect }) => {
    await using server = await serve({ script: always(['stall']) });
    const abort = new AbortController();
    await using connection = connect(transport, server.url);
    const stream = connection.client.chat.stream({ messages }, { signal: abort.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    expect((await stream.result()).outcome).toBe('aborted');
    await expect.poll(() => server.openSockets(), { timeout: 2000 }).toBe(0);
  });

  it('ends an abort during the wait of a retry, and asks no more (rows 19, 36)', async ({ expect }) => {
    await using server = await serve({ script: always([head(503), 'end']) });
    const abort = new AbortController();
    await using connection = connect(transport, server.url, {
      retry: { delays: [60_000] },
      onRetry: () => abort.abort(),
    });
    expect((await connection.client.chat.stream({ messages }, { signal: abort.signal }).result()).outcome).toBe(
      'aborted',
    );
    expect(server.requests).toHaveLength(1);
  });
});

it('refuses a redirect to another origin, and tells it nothing (row 32)', async () => {
  await using other = await serve({ script: always(answer) });
  await using server = await serve({
    script: always([head(307, { location: `${other.url}/v1/x`, 'content-length': '0' }), 'end']),
  });
  await using connection = connect('pool', server.url, { headers: { authorization: 'Bearer secret' } });
  const result = await connection.client.chat.stream({ messages }).result();
  expect(result).toMatchObject({ outcome: 'failed', error: { code: 'redirect_refused', retryable: false } });
  expect(other.requests).toHaveLength(0);
});

function causeCodes(error: unknown): unknown[] {
  const { cause } = Object(error);
  return cause ? [cause.code, ...causeCodes(cause)] : [];
}

/** The text of the first choice. */
function said(events: readonly { type: string; text?: string; choice?: number }[]): string {
  return events.map((event) => (event.type === 'text-delta' && event.choice === 0 ? event.text : '')).join('');
}
