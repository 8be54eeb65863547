import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ChatResult, createClient } from '@nova-chat/client';
import { createPool } from '@nova-chat/client/node';
import { healthy } from '../faults/healthy-provider.js';
import { type Served, serve } from '../faults/serve.js';
import { data, errorBody, head, json, role, settle, text } from '../faults/wire.js';
import { createWordTally } from '../faults/word-tally.js';
import { type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';

export interface SoakOptions {
  streams: number;
  /** Default 50. */
  concurrency?: number;
  /** Part of the provider calls that go wrong. Default 0.02. */
  faultRate?: number;
  seed?: number;
}

/** What is held at one moment. */
interface Held {
  heapMb: number;
  sockets: number;
  /** Provider calls under way. */
  inFlight: number;
}

export interface SoakReport {
  seconds: number;
  faults: number;
  /** How often each outcome came; failures by their code. */
  outcomes: Record<string, number>;
  /** Answers that were said to be whole and were not, in one line with the words. */
  words: string;
  isTrue: boolean;
  unhandled: number;
  before: Held;
  after: Held;
}

const whole = Array.from({ length: 40 }, (_, index) => `word${index} is „wörd" 👋`).join(' ');
const half: FaultStep = { send: role + text(whole.slice(0, 300)) };

/** Each breaks a call in its own way. */
const faults: readonly (readonly FaultStep[])[] = [
  ['reset'],
  ['end'],
  ['stall'],
  [head(200), 'stall'],
  [head(200), half, settle, 'reset'],
  [head(200), half, 'end'],
  [head(200), half, 'stall'],
  [head(200), half, { send: data(errorBody('overloaded')) }, 'stall'],
  [head(200), half, { send: 'data: {"broken\n\n' }, 'end'],
  [head(200, { 'content-type': 'text/html' }), { send: '<h1>Down</h1>' }, 'end'],
  json(503, errorBody(null)),
  json(429, errorBody('rate_limit_exceeded'), { 'retry-after-ms': '300' }),
  json(400, errorBody('context_length_exceeded')),
];

/** Numbers that look random and are the same each time: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Asks a real server with four providers, some of whose calls go wrong, for so many answers: streamed, whole, resumable,
 * of one provider or of all, some left in the middle.
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { streams, concurrency = 50, faultRate = 0.02, seed = 1 } = options;
  const random = createRandom(seed);
  let faultCount = 0;
  const upstreams = await Promise.all(
    Array.from({ length: 4 }, () =>
      startFaultServer((request, count) => {
        if (random() >= faultRate) return healthy(whole)(request, count);
        faultCount += 1;
        return faults[Math.floor(random() * faults.length)] ?? [];
      }),
    ),
  );
  const unhandled = watchUnhandled();
  const server = await serve(
    upstreams.map(({ url }) => url),
    { HEADERS_TIMEOUT_MS: '2000', FIRST_EVENT_TIMEOUT_MS: '2000', IDLE_TIMEOUT_MS: '2000', TOTAL_TIMEOUT_MS: '20000' },
  );
  const pool = createPool();
  const outcomes: Record<string, number> = {};
  const tally = createWordTally();
  const ask = createAsker({ server, pool, random });
  const askMany = async (count: number): Promise<void> => {
    let left = count;
    const work = async (): Promise<void> => {
      while (left-- > 0) {
        const { outcome, text: said, error } = await ask();
        const name = error ? `${outcome}: ${error.code}` : outcome;
        outcomes[name] = (outcomes[name] ?? 0) + 1;
        if (outcome === 'complete') tally.count(said, whole);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  };
  const measure = (): Promise<Held> => measureHeld({ server, upstreams });
  try {
    // What is compiled and kept once is no leak.
    await askMany(Math.max(100, Math.ceil(streams / 20)));
    const before = await measure();
    for (const name of Object.keys(outcomes)) delete outcomes[name];
    faultCount = 0;
    const startedAt = performance.now();
    await askMany(streams);
    const seconds = (performance.now() - startedAt) / 1000;
    const faultsMade = faultCount;
    const after = await measure();
    const isTrue = tally.isClean();
    return {
      seconds,
      faults: faultsMade,
      outcomes,
      words: `${tally}`,
      isTrue,
      unhandled: unhandled.count(),
      before,
      after,
    };
  } finally {
    unhandled.stop();
    await pool.close();
    await server[Symbol.asyncDispose]();
    for (const upstream of upstreams) await upstream.stop();
  }
}

type End = Pick<ChatResult, 'outcome' | 'text'> & { error?: { code: string } | undefined };

interface AskerParts {
  server: Served;
  pool: ReturnType<typeof createPool>;
  random: () => number;
}

/** Creates a visitor who asks in one of the ways in which visitors ask. */
function createAsker({ server, pool, random }: AskerParts): () => Promise<End> {
  const client = createClient({ baseUrl: server.url, transport: pool, retry: { delays: [] } });
  const messages = [{ role: 'user' as const, content: 'Tell me.' }];
  return async () => {
    // Without another provider a fault is the visitor's.
    const request = random() < 0.3 ? { messages, model: `p${Math.floor(random() * 4)}/m` } : { messages };
    const way = random();
    if (way < 0.15) {
      const asked = client.chat.create(request);
      return asked.then(
        ({ choices: [choice] }) => ({ outcome: 'complete', text: choice?.message.content ?? '' }),
        (error: { code: string }) => ({ outcome: 'failed', text: '', error }),
      );
    }
    const stream = client.chat.stream(request, way < 0.3 ? { resume: 1 } : {});
    if (way > 0.95) for await (const event of stream) if (event.type === 'text-delta') await stream.stop();
    const { outcome, text: said, error } = await stream.result();
    return { outcome, text: said, error };
  };
}

/** Counts what nobody has caught, as long as it is not stopped. */
function watchUnhandled(): { count(): number; stop(): void } {
  let count = 0;
  const onUnhandled = (): void => {
    count += 1;
  };
  process.on('unhandledRejection', onUnhandled);
  return { count: () => count, stop: () => process.off('unhandledRejection', onUnhandled) };
}

const settleMs = 15_000;

async function measureHeld({ server, upstreams }: { server: Served; upstreams: FaultServer[] }): Promise<Held> {
  const toInFlight = async (): Promise<number> => {
    const { data: all } = (await (await fetch(`${server.url}/providers/health`)).json()) as {
      data: { in_flight: number }[];
    };
    return all.reduce((sum, one) => sum + one.in_flight, 0);
  };
  const toSockets = (): number => upstreams.reduce((sum, upstream) => sum + upstream.openSockets(), 0);
  const deadline = performance.now() + settleMs;
  while (performance.now() < deadline && toSockets() + (await toInFlight()) > 0) await delay(50);
  // The providers here keep what they were asked.
  for (const { requests } of upstreams) requests.length = 0;
  // Answers that can be resumed are kept for a second.
  await delay(1500);
  collectGarbage();
  await delay(50);
  collectGarbage();
  return { heapMb: process.memoryUsage().heapUsed / 2 ** 20, sockets: toSockets(), inFlight: await toInFlight() };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
