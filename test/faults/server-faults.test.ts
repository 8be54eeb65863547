import { readFileSync } from 'node:fs';
import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { createLogger, loadConfig, type RunningServer, startServer, type VendorConfig } from '@nova-chat/server';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type FaultScript,
  type FaultServer,
  type FaultStep,
  type SeenRequest,
  startFaultServer,
} from '../support/fault-server.js';
import { faultCases } from './fault-cases.js';
import { chunkedHead, data, done, errorBody, finish, framed, head, role, settle, text, wholeText } from './wire.js';

const tls = {
  key: readFileSync(new URL('../support/tls/self-signed.key', import.meta.url)),
  cert: readFileSync(new URL('../support/tls/self-signed.crt', import.meta.url)),
};

/** The time limits of production, divided by 100. */
const base = loadConfig({
  PORT: '0',
  SITE_CONTENT: 'docs/decisions',
  SHUTDOWN_MS: '20',
  HEADERS_TIMEOUT_MS: '300',
  FIRST_EVENT_TIMEOUT_MS: '300',
  IDLE_TIMEOUT_MS: '300',
  TOTAL_TIMEOUT_MS: '1500',
  START_TIMEOUT_MS: '4000',
  RETRY_DELAYS_MS: '10',
});

interface Server extends AsyncDisposable {
  ask(body?: object): Promise<Answer>;
}

/** Starts a server in front of these providers, in this order. */
async function serve(...urls: string[]): Promise<Server> {
  const providers = urls.map(
    (url, index): VendorConfig => ({
      kind: 'openai',
      name: `p${index}`,
      baseUrl: `${url}/v1`,
      apiKey: 'sk-planted-key',
      models: ['m'],
    }),
  );
  const auto = providers.map(({ name }) => ({ provider: name, model: 'm' }));
  const server: RunningServer = await startServer({ ...base, providers, auto }, { logger: createLogger('silent') });
  return { ask: (body) => ask(server.url, body), [Symbol.asyncDispose]: () => server.stop() };
}

/** What a visitor gets. */
interface Answer {
  status: number;
  text: string;
  /** Of the error, in the body or in the stream. */
  code: string | undefined;
  isDone: boolean;
  switches: number;
  raw: string;
}

interface Event {
  choices?: { index: number; delta: { content?: string } }[];
  error?: { code: string };
  nova?: { switched?: object };
}

async function ask(url: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hello?' }], ...body }),
  });
  const raw = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  const lines = isStream ? [...raw.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => line) : [raw];
  const events = lines.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line) as Event);
  return {
    status: response.status,
    text: events.map(({ choices }) => choices?.find(({ index }) => index === 0)?.delta.content ?? '').join(''),
    code: events.find((event) => event.error)?.error?.code,
    isDone: lines.at(-1) === '[DONE]',
    switches: events.filter((event) => event.nova?.switched).length,
    raw,
  };
}

const tally = { tried: 0, survived: 0, lost: 0, doubled: 0 };

/** Compares word by word with what an unbroken run gives. */
function count(got: string, unbroken: string): void {
  const [mine, theirs] = [got, unbroken].map((whole) => whole.split(/\s+/).filter((word) => word !== ''));
  const without = (list: readonly string[] = [], other: readonly string[] = []): number => {
    const left = [...other];
    return list.filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    }).length;
  };
  tally.tried += 1;
  tally.survived += got === unbroken ? 1 : 0;
  tally.lost += without(theirs, mine);
  tally.doubled += without(mine, theirs);
}

afterAll(() => {
  console.log(
    `faults tried ${tally.tried} · survived ${tally.survived} · words lost ${tally.lost} · words doubled ${tally.doubled}`,
  );
  expect(tally).toMatchObject({ survived: tally.tried, lost: 0, doubled: 0 });
});

/** What a caller is told when this is what the only provider ended with. */
const told: Partial<Record<NovaErrorCode, [status: number, code: string]>> = {
  connection_error: [502, 'upstream_unavailable'],
  stream_interrupted: [502, 'upstream_stream_interrupted'],
  stream_truncated: [502, 'upstream_stream_interrupted'],
  first_event_timeout: [504, 'upstream_timeout'],
  idle_timeout: [504, 'upstream_timeout'],
  total_timeout: [504, 'upstream_timeout'],
  rate_limited: [429, 'rate_limit_exceeded'],
  insufficient_quota: [429, 'rate_limit_exceeded'],
  authentication_error: [502, 'upstream_auth_error'],
  permission_error: [502, 'upstream_auth_error'],
};

/** The request itself is at fault: nobody else is asked. */
const callerStatuses: Record<string, number> = {
  'status 400, each time': 400,
  'status 404, each time': 404,
  'status 413, each time': 413,
  'status 422, each time': 422,
  // A gateway passes a fault of the caller on, whatever the provider thinks of trying again.
  '400 with x-should-retry: true, once': 400,
};
/** The server's limit for one event is higher, so that the silence behind it ends the call. */
const otherwise: Record<string, NovaErrorCode> = {
  'an event over the limit': 'idle_timeout',
  // Nobody is helped by an answer without a word: the next provider is asked, and when there is none it is told.
  '[DONE] before anything was said': 'stream_interrupted',
};

// A row that begins with content runs until its limit ends it; there is no unbroken run to compare it with.
const cases = faultCases.filter(({ name }) => name !== 'tokens without end');

async function start(script: FaultScript, useTls?: true): Promise<FaultServer> {
  return startFaultServer(script, useTls && tls);
}

/** A healthy provider; it goes on with a part that was said in one of the manners of models. */
const manners = {
  'goes on exactly': (said: string, whole: string) => whole.slice(said.length),
  'repeats the last words': (said: string, whole: string) => {
    const starts = [...said.matchAll(/\S+/g)].map(({ index }) => index);
    return whole.slice(starts.at(-3) ?? 0);
  },
  'begins anew': (_said: string, whole: string) => whole,
};
type Manner = keyof typeof manners;

function healthy(whole: string, manner: Manner): FaultScript {
  return (request) => {
    const said = toSaid(request);
    const answer = said === undefined ? whole : manners[manner](said, whole);
    const pieces = answer.match(/.{1,5}/gsu) ?? [];
    return [head(200), { send: role + pieces.map(text).join('') + finish + done }, 'end'];
  };
}

/** The part of the answer that stands in the request. */
function toSaid({ body }: SeenRequest): string | undefined {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
  return messages.find((message) => message.role === 'assistant')?.content;
}

describe.concurrent('one provider', () => {
  it.for(cases)('tells the truth of row $row: $name', async (fault, { expect }) => {
    await using upstream = await start(fault.script, fault.tls);
    await using server = await serve(upstream.url);
    const answer = await server.ask();
    expect(answer.raw).not.toMatch(/secret-payload|planted/);
    const callerStatus = callerStatuses[fault.name];
    if (callerStatus) {
      expect([answer.status, answer.text]).toEqual([callerStatus, '']);
    } else if (fault.outcome === 'complete' && !otherwise[fault.name]) {
      count(answer.text, fault.text);
      expect(answer).toMatchObject({ status: 200, text: fault.text, code: undefined, isDone: true });
    } else {
      const [status, code] = told[otherwise[fault.name] ?? (fault.code as NovaErrorCode)] ?? [502, 'upstream_error'];
      expect(answer).toMatchObject({ status: fault.text ? 200 : status, text: fault.text, code, isDone: false });
    }
    await expect.poll(() => upstream.openSockets(), { timeout: 3000 }).toBe(0);
  });
});

describe.concurrent('two providers', () => {
  // Of several choices none can be gone on with.
  const survivable = cases.filter(
    ({ name }) => name !== 'two choices, of which one never ends' && (!callerStatuses[name] || name.includes('404')),
  );

  it.for(survivable)('give a whole answer in row $row: $name', async (fault, { expect }) => {
    const whole = fault.outcome === 'complete' && !otherwise[fault.name] ? fault.text : wholeText;
    await using upstream = await start(fault.script, fault.tls);
    await using second = await start(healthy(whole, 'goes on exactly'));
    await using server = await serve(upstream.url, second.url);
    const answer = await server.ask();
    count(answer.text, whole);
    expect(answer).toMatchObject({ status: 200, text: whole, code: undefined, isDone: true });
    expect(answer.switches).toBe(fault.text && fault.outcome !== 'complete' ? 1 : 0);
  });

  it('go on when nobody listens at the first (row 1), and when its name does not exist (row 2)', async ({ expect }) => {
    await using gone = await start(() => ['end']);
    await gone.stop();
    await using second = await start(healthy(wholeText, 'goes on exactly'));
    for (const url of [gone.url, 'http://nova-chat.invalid']) {
      await using server = await serve(url, second.url);
      const answer = await server.ask();
      count(answer.text, wholeText);
      expect(answer).toMatchObject({ status: 200, text: wholeText, isDone: true });
    }
  });
});

const long =
  'Parcels leave our house within two days. To Norway they take five more, and the price is 12.50 €:\n\n' +
  '- up to 2 kg: 4 euros\n- up to 5 kg: 6 euros\n\nWe also ship „Möbel“ 🚚, but only on request; write to us first.';
const pieces = long.match(/.{1,9}/gsu) ?? [];

/** What the provider has said before the fault, for each point at which it comes. */
const points: Record<string, string[] | undefined> = {
  accept: undefined,
  headers: [],
  'first event': [role],
  'mid event': [role, ...pieces.slice(0, 9).map(text)],
  'last event': [role, ...pieces.map(text)],
};
const cut: FaultStep = framed(text('never whole').slice(0, 40));
const faults: Record<string, FaultStep[]> = {
  'a reset': ['reset'],
  'an end': ['end'],
  'a stall': ['stall'],
  'a reset inside an event': [cut, settle, 'reset'],
  'an end inside an event': [cut, settle, 'end'],
  'an error in the stream': [framed(data(errorBody('overloaded'))), 'stall'],
  noise: [framed('data: {"broken\n\n'), 'stall'],
};
const matrix = Object.keys(faults).flatMap((fault) =>
  Object.keys(points)
    // Before the headers there is no stream to write into.
    .filter((point) => point !== 'accept' || ['a reset', 'an end', 'a stall'].includes(fault))
    .map((point) => ({ fault, point })),
);

function breakingAt(point: string, fault: string): FaultScript {
  const said = points[point];
  const steps = faults[fault] ?? [];
  return () => (said ? [chunkedHead(), ...(said.length ? [framed(said.join(''))] : []), settle, ...steps] : steps);
}

describe.concurrent.each(Object.keys(manners) as Manner[])('a second provider that %s', (manner) => {
  it.for(matrix)('makes the answer whole after $fault at the $point', async ({ fault, point }, { expect }) => {
    await using first = await start(breakingAt(point, fault));
    await using second = await start(healthy(long, manner));
    await using server = await serve(first.url, second.url);
    const answer = await server.ask();
    count(answer.text, long);
    expect(answer).toMatchObject({ status: 200, text: long, code: undefined, isDone: true });
  });
});

describe.concurrent('without a second provider', () => {
  it.for(matrix)('$fault at the $point is told', async ({ fault, point }, { expect }) => {
    await using first = await start(breakingAt(point, fault));
    await using server = await serve(first.url);
    const answer = await server.ask();
    const said = (points[point] ?? []).length > 1;
    expect(answer.isDone).toBe(false);
    expect(answer.code).toMatch(/^upstream_/);
    expect(said ? answer.status === 200 : answer.status >= 502).toBe(true);
    expect(long.startsWith(answer.text)).toBe(true);
  });
});

it('200 visitors at once see nothing of an outage (row 44)', async () => {
  await using first = await start(() => ['reset']);
  await using second = await start(healthy(wholeText, 'goes on exactly'));
  await using server = await serve(first.url, second.url);
  const answers = await Promise.all(Array.from({ length: 200 }, () => server.ask()));
  for (const answer of answers) {
    count(answer.text, wholeText);
    expect(answer.text).toBe(wholeText);
  }
  const asked = first.requests.length;
  expect((await server.ask()).text).toBe(wholeText);
  // The breaker is open: the sick one is left alone, or tested by a single request.
  expect(first.requests.length - asked).toBeLessThanOrEqual(1);
});
