import { readFileSync } from 'node:fs';
import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { type FaultScript, type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';
import { faultCases } from './fault-cases.js';
import { healthy, mannerNames } from './healthy-provider.js';
import { serve } from './serve.js';
import { chunkedHead, data, errorBody, framed, role, settle, text, wholeText } from './wire.js';
import { createWordTally } from './word-tally.js';

const tls = {
  key: readFileSync(new URL('../support/tls/self-signed.key', import.meta.url)),
  cert: readFileSync(new URL('../support/tls/self-signed.crt', import.meta.url)),
};

const tally = createWordTally();
afterAll(() => {
  console.log(`${tally}`);
  expect(tally.isClean()).toBe(true);
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
  insufficient_quota: [502, 'upstream_auth_error'],
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

const modes = [
  ['streamed', true],
  ['whole', false],
] as const;

describe.concurrent.each(modes)('one provider, asked for an answer that is %s,', (_mode, stream) => {
  it.for(cases)('tells the truth of row $row: $name', async (fault, { expect }) => {
    await using upstream = await start(fault.script, fault.tls);
    await using server = await serve([upstream.url]);
    const answer = await server.ask({ stream });
    expect(answer.raw).not.toMatch(/secret-payload|planted/);
    const callerStatus = callerStatuses[fault.name];
    if (callerStatus) {
      expect([answer.status, answer.text]).toEqual([callerStatus, '']);
    } else if (fault.outcome === 'complete' && !otherwise[fault.name]) {
      tally.count(answer.text, fault.text);
      expect(answer).toMatchObject({ status: 200, text: fault.text, code: undefined, isDone: true });
    } else {
      const [status, code] = told[otherwise[fault.name] ?? (fault.code as NovaErrorCode)] ?? [502, 'upstream_error'];
      const part = stream ? fault.text : '';
      expect(answer).toMatchObject({ status: part ? 200 : status, text: part, code, isDone: false });
      if (!part) expect(answer.headers.get('x-should-retry')).toBe('false');
    }
    await expect.poll(() => upstream.openSockets(), { timeout: 3000 }).toBe(0);
  });
});

describe.concurrent.each(modes)('two providers, asked for an answer that is %s,', (_mode, stream) => {
  // Of several choices none can be gone on with, but an answer of which nothing was handed on can begin anew.
  const severalChoices = 'two choices, of which one never ends';
  const survivable = cases.filter(
    ({ name }) => !(stream && name === severalChoices) && (!callerStatuses[name] || name.includes('404')),
  );

  it.for(survivable)('give a whole answer in row $row: $name', async (fault, { expect }) => {
    const whole = fault.outcome === 'complete' && !otherwise[fault.name] ? fault.text : wholeText;
    await using upstream = await start(fault.script, fault.tls);
    await using second = await start(healthy(whole));
    await using server = await serve([upstream.url, second.url]);
    const answer = await server.ask({ stream });
    tally.count(answer.text, whole);
    expect(answer).toMatchObject({ status: 200, text: whole, code: undefined, isDone: true });
    const goesOn = fault.text && fault.outcome !== 'complete' && fault.name !== severalChoices;
    expect(answer.switches).toBe(goesOn ? 1 : 0);
  });

  it('go on when nobody listens at the first (row 1), and when its name does not exist (row 2)', async ({ expect }) => {
    await using gone = await start(() => ['end']);
    await gone.stop();
    await using second = await start(healthy(wholeText));
    for (const url of [gone.url, 'http://nova-chat.invalid']) {
      await using server = await serve([url, second.url]);
      const answer = await server.ask({ stream });
      tally.count(answer.text, wholeText);
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

const ways = mannerNames.flatMap((manner) => modes.map(([mode, stream]) => ({ manner, mode, stream })));

describe.concurrent.each(ways)('a second provider that $manner', ({ manner, mode, stream }) => {
  it.for(matrix)(
    `makes an answer that is ${mode} whole after $fault at the $point`,
    async ({ fault, point }, { expect }) => {
      await using first = await start(breakingAt(point, fault));
      await using second = await start(healthy(long, manner));
      await using server = await serve([first.url, second.url]);
      const answer = await server.ask({ stream });
      tally.count(answer.text, long);
      expect(answer).toMatchObject({ status: 200, text: long, code: undefined, isDone: true });
    },
  );
});

describe.concurrent('without a second provider', () => {
  it.for(matrix)('$fault at the $point is told', async ({ fault, point }, { expect }) => {
    await using first = await start(breakingAt(point, fault));
    await using server = await serve([first.url]);
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
  await using second = await start(healthy(wholeText));
  // So many at once take their time on a busy machine.
  const patient = { HEADERS_TIMEOUT_MS: '5000', FIRST_EVENT_TIMEOUT_MS: '5000', IDLE_TIMEOUT_MS: '5000' };
  await using server = await serve([first.url, second.url], { ...patient, TOTAL_TIMEOUT_MS: '8000' });
  const answers = await Promise.all(Array.from({ length: 200 }, () => server.ask()));
  for (const answer of answers) {
    tally.count(answer.text, wholeText);
    expect(answer.text).toBe(wholeText);
  }
  const asked = first.requests.length;
  expect((await server.ask()).text).toBe(wholeText);
  // The breaker is open: the sick one is left alone, or tested by a single request.
  expect(first.requests.length - asked).toBeLessThanOrEqual(1);
});
