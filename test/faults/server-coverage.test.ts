import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultCases } from './fault-cases.js';

/**
 * Where it is shown what the server makes of each fault of a provider, and of each thing that users of other gateways
 * complain about: file and title of the test. Rows of the fault matrix that are cases of `fault-cases.ts` are run by
 * `server-faults.test.ts`, for one provider and for two, streamed and whole.
 */

/** Stands for `fault-cases.ts`, whose cases have names. */
const cases = 'the cases';
const faults = 'test/faults/server-faults.test.ts';
const rows = 'test/faults/server-rows.test.ts';
const complaints = 'test/faults/server-complaints.test.ts';
const leave = 'test/faults/server-leave.test.ts';
const redis = 'test/faults/server-redis.test.ts';
const processes = 'test/faults/server-processes.test.ts';
const server = 'packages/server/src';

type Place = [file: string, title: string];

const byRow: Record<number, Place[]> = {
  1: [[faults, 'go on when nobody listens at the first (row 1)']],
  2: [[faults, 'and when its name does not exist (row 2)']],
  15: [
    [rows, 'is left alone %i: %s'],
    [rows, 'makes the caller wait for the soonest of all (row 15)'],
  ],
  16: [[rows, 'until a date of a clock that is an hour fast']],
  17: [[rows, 'until the past']],
  18: [[rows, 'for longer than any timer']],
  19: [[rows, 'without a word']],
  20: [[rows, 'because the account is empty is not asked again (row 20)']],
  23: [[`${server}/routes/chat-completions.test.ts`, 'a fault of the caller (%i) does not fall over']],
  24: [
    [`${server}/routes/chat-completions.test.ts`, 'a refused key'],
    [`${server}/chat/try-candidates.test.ts`, 'keeps away from %s, and says whose affair it is'],
  ],
  28: [[rows, 'unpacked']],
  30: [[rows, 'in one line']],
  31: [
    [rows, 'is ended by the total limit, and its provider left (row 31)'],
    [`${server}/chat/complete-chat.test.ts`, 'without end is given up, and begun anew by the next provider'],
  ],
  32: [[rows, '%i to another host gets neither the key nor the question']],
  33: [[`${server}/routing/redis-shared-state.test.ts`, 'starts without Redis, decides by itself']],
  34: [[redis, 'is 5 s away']],
  35: [[redis, '%s answer all the same, as fast, and share again when it is back']],
  36: [[leave, 'a caller who leaves %s takes the provider along within 100 ms']],
  37: [
    [`${server}/main.test.ts`, 'on %s finishes the stream under way, refuses the rest and exits with 0'],
    [`${server}/main.test.ts`, 'ends what does not finish in time with an error in the stream, and exits with 0'],
  ],
  38: [
    [processes, 'end an answer honestly when the one that wrote it is killed (row 38)'],
    [processes, 'leaves a visitor with the part, its true end, and a server that answers'],
  ],
  39: [[`${server}/routes/chat-completions.test.ts`, 'a bug of ours is an error in the stream and a stack in the log']],
  40: [
    ['test/faults/server-clock.test.ts', 'in an answer neither ends nor holds it (row 40)'],
    ['test/faults/server-clock.test.ts', 'opens no breaker and closes none (row 40)'],
  ],
  44: [[faults, '200 visitors at once see nothing of an outage (row 44)']],
};

const serverRows = [...Array.from({ length: 40 }, (_, index) => index + 1), 44, 47];
const fromCases = new Set(faultCases.map(({ row }) => row));

const byComplaint: Record<string, Place[]> = {
  'an abort does not reach the provider: in mid-stream, before the first token, whole': [
    [leave, 'in mid-stream'],
    [leave, 'before the first token'],
    [leave, 'before a whole answer'],
  ],
  'the gateway goes on to ask for a caller who is gone': [
    [`${server}/chat/try-candidates.test.ts`, 'asks no more for a caller who leaves during a wait'],
    [`${server}/chat/deliver-answer.test.ts`, 'asks nobody for a caller who has left'],
  ],
  'an error in the first event of a good status does not fall over': [
    [`${server}/routes/chat-completions.test.ts`, 'sends an error as its first event'],
    [cases, 'an error object with status 200'],
  ],
  'a cut stream looks like a complete one': [
    [faults, '$fault at the $point is told'],
    [complaints, 'a cut stream counts as a failure of its provider'],
  ],
  'a silent provider holds a worker': [
    [cases, 'a stall before the headers, once'],
    [cases, 'pings instead of content in mid-stream'],
  ],
  'events that keep a connection break clients': [
    [`${server}/routes/chat-completions.test.ts`, 'keeps a silent connection open with comments'],
    [cases, 'unknown events, unknown members, comments, CRLF'],
  ],
  'tokens are held back': [
    [complaints, 'every token leaves as it comes, not packed and not held back'],
    [`${server}/routes/chat-completions.test.ts`, 'puts events that come together into one write'],
  ],
  'status, message or code of an error is lost': [
    [`${server}/providers/openai/openai-provider.test.ts`, 'is told by its status, in streams and whole'],
    [`${server}/routes/chat-completions.test.ts`, 'with one provider, %s has a true status'],
  ],
  'a refused connection has a wrong status': [[`${server}/routes/chat-completions.test.ts`, 'connection refused']],
  'Retry-After is dropped': [[rows, 'makes the caller wait for the soonest of all (row 15)']],
  'a 429 or a 403 does not fall over, a 400 does': [
    [`${server}/routing/classify-failure.test.ts`, 'takes %s with status %s as %s'],
    [`${server}/routes/chat-completions.test.ts`, 'a provider that %s falls over at once, streamed and whole'],
  ],
  'usage of a stream is missing': [
    [`${server}/routes/chat-completions.test.ts`, 'gives usage to a caller that asked'],
    [`${server}/chat/deliver-answer.test.ts`, 'adds up what all have cost, and guesses for those who did not say'],
  ],
  'calls of tools are dropped or mixed up': [
    [complaints, 'reach a client apart, streamed and whole: %s'],
    ['test/e2e/real-clients.test.ts', 'calls two tools and gives their results back: %s'],
  ],
  'choices lose their index': [[complaints, 'several choices keep their index, streamed and whole']],
  'a cooldown is cut short, or a cooled provider is asked': [
    [`${server}/routing/breaker.test.ts`, 'extends a cooldown by a longer wait and never shortens it'],
    [rows, 'is left alone %i: %s'],
  ],
  'a fault of the caller opens the breaker': [
    [`${server}/routing/breaker.test.ts`, 'neither counts nor forgets for what is the fault of the caller'],
    [`${server}/chat/try-candidates.test.ts`, 'does not hold faults of the caller against the provider'],
  ],
  'a test of a sick provider that came to nothing is the last one': [
    [`${server}/routing/breaker.test.ts`, 'is aborted or the fault of its caller'],
    [`${server}/routing/redis-probe-lease.test.ts`, 'is made by the next one, at any instance, when it says nothing'],
  ],
  'every instance tests a sick provider': [
    [redis, 'one call of all servers tests a provider that was sick, and 49 others ask the next'],
  ],
  'memory, sockets and calls in flight grow': [
    ['test/faults/server-soak.test.ts', 'and nothing of them is held on to'],
    [`${server}/routing/create-routing.test.ts`, 'has nothing in flight after every kind of end, also after two'],
    [`${server}/chat/resume/memory-resume-log.test.ts`, 'is empty and without timers after 2,000 streams'],
  ],
  'keys are in errors, URLs and logs': [
    [`${server}/providers/shared/create-vendor-provider.test.ts`, 'sends the key in a header only'],
    [`${server}/providers/openai/openai-provider.test.ts`, 'never repeats a key, ours or one that looks like one'],
    [`${server}/app.test.ts`, 'holds no prompt, key, body or query string'],
  ],
  'headers pass, or say who serves': [
    [complaints, 'no header of a provider reaches the caller, and none says what this server is made of'],
    ['test/e2e/real-clients.test.ts', 'passes no header of the caller and no key of another provider on'],
  ],
  'pages of other origins cannot ask, or all can': [
    [`${server}/app.test.ts`, 'answers a preflight before anything else, also for an unknown address'],
    [`${server}/app.test.ts`, 'exposes what a page must read'],
  ],
  'looking after the server costs money, or waits': [
    [complaints, 'looking after the server asks no provider, and works when all of them are down'],
  ],
  'a Redis that is down takes the server down': [
    [redis, '%s answer all the same, as fast, and share again when it is back'],
  ],
  'a bad request is a 500, or reaches a provider': [
    [complaints, 'nothing of a request that is refused reaches a provider'],
  ],
  'a request chooses the host that is asked': [[complaints, 'no request chooses the host that is asked']],
  'a page of HTML is lost in an error of its own': [[cases, 'an HTML page with status 200']],
  'the headers come only with a slow first token': [
    [`${server}/routes/chat-completions.test.ts`, 'commits with a comment, and a later answer comes whole'],
  ],
};

function expectThere(places: readonly Place[]): void {
  for (const [file, title] of places) {
    // A title is in its file as it is written there, quotes and all.
    const isThere =
      file === cases ? faultCases.some(({ name }) => name === title) : readFileSync(file, 'utf8').includes(title);
    expect(isThere, `${title} in ${file}`).toBe(true);
  }
}

it.each(serverRows)('row %i of the fault matrix has a test of the server', (row) => {
  const places = byRow[row] ?? [];
  expect(fromCases.has(row) || places.length > 0).toBe(true);
  expectThere(places);
});

it.each(Object.entries(byComplaint))('has a test against: %s', (_complaint, places) => {
  expect(places.length).toBeGreaterThan(0);
  expectThere(places);
});
