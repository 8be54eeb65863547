import { connect } from 'node:net';
import { createClient } from '@nova-chat/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';
import { type RunningRedis, startRedis } from '../support/redis.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { done, finish, head, role, text } from './wire.js';

/** Built servers, each a process of its own, so that one can be killed. */

const words = Array.from({ length: 60 }, (_, index) => `wörd${index} `);
const whole = words.join('');
const messages = [{ role: 'user' as const, content: 'Tell me.' }];
const paceMs = 25;

let upstream: FaultServer;
let redis: RunningRedis;
beforeAll(async () => {
  const steps: FaultStep[] = words.flatMap((word) => [{ send: text(word) }, { waitMs: paceMs }]);
  upstream = await startFaultServer(() => [head(200), { send: role }, ...steps, { send: finish + done }, 'end']);
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  await upstream.stop();
});

async function start(onEnd: (kill: () => void) => void, env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({
    OPENAI_BASE_URL: `${upstream.url}/v1`,
    PROVIDER_ORDER: 'openai',
    SITE_CONTENT: 'docs/decisions',
    SHUTDOWN_MS: '50',
    LOG_LEVEL: 'silent',
    ...env,
  });
  onEnd(() => void server.process.kill('SIGKILL'));
  return server;
}

function startPair(onEnd: (kill: () => void) => void): Promise<[RunningServer, RunningServer]> {
  const env = { REDIS_URL: redis.url };
  return Promise.all([start(onEnd, env), start(onEnd, env)]);
}

interface Events {
  ids: string[];
  /** Of the data, without the ids. */
  text: string;
  code: string | undefined;
  isDone: boolean;
  end: 'whole' | 'broken' | 'left';
}

/** Reads events over a socket until the connection ends, or so many have come and it is reset. */
function readEvents(
  url: string,
  request: readonly string[],
  leaveAfter: number = Number.POSITIVE_INFINITY,
): Promise<Events> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8');
  socket.write(request.join('\r\n'));
  let raw = '';
  return new Promise((resolve) => {
    const settle = (end: Events['end']): void => resolve({ ...parseEvents(raw), end });
    socket.on('data', (part) => {
      raw += part;
      if (parseEvents(raw).ids.length < leaveAfter) return;
      settle('left');
      socket.resetAndDestroy();
    });
    socket.on('end', () => settle(raw.endsWith('0\r\n\r\n') ? 'whole' : 'broken'));
    socket.on('error', () => settle('broken'));
  });
}

function parseEvents(raw: string): Omit<Events, 'end'> {
  const blocks = [...raw.matchAll(/^id: (\S+)\ndata: (.*)\n\n/gm)];
  const chunks = blocks.filter(([, , data]) => data !== '[DONE]').map(([, , data = '']) => JSON.parse(data) as Chunk);
  const error = /^data: (\{"error":.*)\n\n/m.exec(raw)?.[1];
  return {
    ids: blocks.map(([, id = '']) => id),
    text: chunks.map(({ choices: [choice] = [] }) => choice?.delta.content ?? '').join(''),
    code: error && (JSON.parse(error) as { error: { code: string } }).error.code,
    isDone: blocks.at(-1)?.[2] === '[DONE]',
  };
}

interface Chunk {
  choices?: { delta: { content?: string } }[];
}

const question = JSON.stringify({ stream: true, messages });
const post = [
  'POST /v1/chat/completions HTTP/1.1',
  'host: x',
  'nova-resume: 60',
  'connection: close',
  'content-type: application/json',
  `content-length: ${question.length}`,
  '',
  question,
];
const get = (lastId: string): string[] => [
  `GET /v1/chat/streams/${lastId.split(':')[0]} HTTP/1.1`,
  'host: x',
  'connection: close',
  `last-event-id: ${lastId}`,
  '',
  '',
];

/** What was read of a stream, in the order of its ids, without a gap or a repetition. */
function expectOneByOne(ids: readonly string[]): void {
  const streamId = ids[0]?.split(':')[0];
  expect(ids).toEqual(ids.map((_, index) => `${streamId}:${index}`));
}

describe.concurrent('two processes with one Redis', () => {
  it('go on with what the other has begun when its reader is cut off', async ({ onTestFinished }) => {
    const [one, two] = await startPair(onTestFinished);
    const first = await readEvents(one.url, post, 20);
    const second = await readEvents(two.url, get(first.ids.at(-1) ?? ''), 20);
    const rest = await readEvents(one.url, get(second.ids.at(-1) ?? ''));
    expectOneByOne([...first.ids, ...second.ids, ...rest.ids]);
    expect(first.text + second.text + rest.text).toBe(whole);
    expect([rest.isDone, rest.end, rest.code]).toEqual([true, 'whole', undefined]);
  });

  it('end an answer honestly when the one that wrote it is killed (row 38)', async ({ onTestFinished }) => {
    const [one, two] = await startPair(onTestFinished);
    const first = await readEvents(one.url, post, 10);
    const reading = readEvents(two.url, get(first.ids.at(-1) ?? ''));
    const other = readEvents(one.url, get(first.ids.at(-1) ?? ''), 20);
    await other;
    one.process.kill('SIGKILL');
    const second = await reading;
    expectOneByOne([...first.ids, ...second.ids]);
    expect(whole.startsWith(first.text + second.text)).toBe(true);
    // What the killed one had not written yet is a moment's worth: it writes every 100 ms.
    expect(second.ids.length).toBeGreaterThan(5);
    expect([second.code, second.isDone, second.end]).toEqual(['stream_interrupted', false, 'whole']);
    const nova = createClient({ baseUrl: two.url, retry: { delays: [] } });
    // Nobody waits a second time for one who is dead.
    const last = second.ids.at(-1) ?? '';
    const again = await nova.chat.resume(last.split(':', 1)[0] ?? '', { after: last }).result();
    expect(again).toMatchObject({ outcome: 'failed', attempts: 1, error: { code: 'not_found' } });
    const later = nova.chat.stream({ messages });
    expect(await later.result()).toMatchObject({ outcome: 'complete', text: whole });
  }, 30_000);
});

describe.concurrent('a process that is killed in the middle of an answer, and started again (row 38)', () => {
  it('leaves a visitor with the part, its true end, and a server that answers', async ({ onTestFinished }) => {
    const first = await start(onTestFinished);
    const port = new URL(first.url).port;
    const client = createClient({ baseUrl: first.url, retry: { delays: [300, 1000, 2000] } });
    const stream = client.chat.stream({ messages }, { resume: 60 });
    let read = '';
    for await (const event of stream) {
      if (event.type !== 'text-delta') continue;
      read += event.text;
      if (event.text !== words[9]) continue;
      first.process.kill('SIGKILL');
      await start(onTestFinished, { PORT: port });
    }
    const result = await stream.result();
    expect(result.outcome).not.toBe('complete');
    expect(result.text).toBe(read);
    expect(whole.startsWith(read)).toBe(true);
    expect(read.length).toBeGreaterThanOrEqual(words.slice(0, 10).join('').length);
    expect(result).toMatchObject({ error: { code: expect.stringMatching(/^(?:stream_interrupted|not_found)$/) } });
    expect(await client.chat.stream({ messages }).result()).toMatchObject({ outcome: 'complete', text: whole });
  }, 30_000);
});
