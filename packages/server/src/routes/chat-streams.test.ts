import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it, vi } from 'vitest';
import { createResumeLog } from '../chat/resume/index.js';
import { createDrain } from '../http/drain.js';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { readSseText } from '../testing/read-sse-text.js';
import {
  answer,
  chunk,
  createScriptedProvider,
  type ScriptedProvider,
  type ScriptStep,
} from '../testing/scripted-provider.js';

const stream = { messages: [{ role: 'user', content: 'hi' }], stream: true };

/** A provider that says a word, waits until it is told to go on, and says the rest. */
function pausing(...rest: ScriptStep[]): { provider: ScriptedProvider; goOn: () => void } {
  const paused = Promise.withResolvers<void>();
  const provider = createScriptedProvider({ steps: () => [] });
  provider.stream = async function* (request, call) {
    provider.calls.push({ request, call });
    yield [{ chunk: chunk({ content: 'one ' }) }];
    const gone = new Promise<void>((_, reject) => {
      call.signal.addEventListener('abort', () => reject(new NovaError({ code: 'aborted', message: 'gone' })));
    });
    await Promise.race([paused.promise, gone]);
    for (const step of rest) {
      if (step instanceof Error) throw step;
      yield [{ chunk: step as ReturnType<typeof chunk> }];
    }
  };
  return { provider, goOn: paused.resolve };
}

interface Begun {
  id: string;
  lastEventId: string;
  leave(): Promise<void>;
}

/** Begins a stream that can be resumed, and reads its first event. */
async function begin(test: TestApp, headers: Record<string, string> = {}): Promise<Begun> {
  const response = await test.ask(stream, { 'nova-resume': '30', ...headers });
  const reader = response.body?.getReader();
  const first = await reader?.read();
  const lastEventId = readSseText(new TextDecoder().decode(first?.value)).ids.at(-1) ?? '';
  return { id: lastEventId.split(':')[0] ?? '', lastEventId, leave: async () => reader?.cancel() };
}

const resume = (test: TestApp, id: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(test.app.request(`/v1/chat/streams/${id}`, { headers }));

it('keeps the names of streams out of the log, because whoever knows one may read it', async () => {
  const test = createTestApp();
  const { id, leave } = await begin(test);
  expect(id).toMatch(/^st_/);
  await (await resume(test, id)).text();
  await leave();
  await vi.waitFor(() => expect(test.lines().map((line) => line['path'])).toContain('/v1/chat/streams/st_…'));
  expect(JSON.stringify(test.lines())).not.toContain(id);
});

describe('a stream that can be resumed', () => {
  it('goes on without its reader, and gives what was missed', async () => {
    const { provider, goOn } = pausing(chunk({ content: 'two ' }), chunk({ content: 'three' }, 'stop'));
    const test = createTestApp({ providers: [provider] });
    const { id, lastEventId, leave } = await begin(test);
    await leave();
    goOn();
    const response = await resume(test, id, { 'last-event-id': lastEventId });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    const { text, ids, events } = readSseText(await response.text());
    expect(text).toBe('two three');
    expect(ids).toEqual([1, 2, 3].map((sequence) => `${id}:${sequence}`));
    expect(events.at(-1)).toBe('[DONE]');
    const whole = readSseText(await (await resume(test, id)).text());
    expect(whole.text).toBe('one two three');
    expect(whole.ids[0]).toBe(`${id}:0`);
    await vi.waitFor(() => expect(test.lines().some((line) => line['outcome'] === 'complete')).toBe(true));
  });

  it('keeps the error that ended it', async () => {
    const { provider, goOn } = pausing(new NovaError({ code: 'stream_interrupted', message: 'planted' }));
    const test = createTestApp({ providers: [provider] });
    const { id, lastEventId, leave } = await begin(test);
    await leave();
    goOn();
    const { errors, events } = readSseText(await (await resume(test, id, { 'last-event-id': lastEventId })).text());
    expect(errors).toMatchObject([{ code: 'upstream_stream_interrupted' }]);
    expect(events).not.toContain('[DONE]');
  });

  it('ends when nobody comes back in time', async () => {
    const { provider } = pausing();
    const test = createTestApp({ providers: [provider], resumeLog: createResumeLog({ limits: { maxResumeMs: 30 } }) });
    const { id, leave } = await begin(test);
    await leave();
    await vi.waitFor(() => expect(provider.calls[0]?.call.signal.aborted).toBe(true));
    expect((await resume(test, id)).status).toBe(404);
    await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ outcome: 'aborted' }));
  });

  it('is stopped by its owner, for all who read it', async () => {
    const { provider } = pausing();
    const test = createTestApp({ providers: [provider] });
    const begun = await begin(test);
    const other = await resume(test, begun.id);
    const path = `/v1/chat/streams/${begun.id}`;
    expect((await test.app.request(path, { method: 'DELETE' })).status).toBe(204);
    expect(provider.calls[0]?.call.signal.aborted).toBe(true);
    expect(readSseText(await other.text())).toMatchObject({ errors: [{ code: 'aborted' }] });
    expect((await test.app.request(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('is there for the one who began it only', async () => {
    const { provider } = pausing();
    const test = createTestApp({ providers: [provider] });
    const { id, leave } = await begin(test, { authorization: 'Bearer mine' });
    for (const headers of [{}, { authorization: 'Bearer yours' }]) {
      const response = await resume(test, id, headers as Record<string, string>);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'stream_not_found' } });
      const removal = await test.app.request(`/v1/chat/streams/${id}`, { method: 'DELETE', headers });
      expect(removal.status).toBe(404);
    }
    expect(provider.calls[0]?.call.signal.aborted).toBe(false);
    await leave();
  });

  it('is there for its reader while the server finishes what is under way', async () => {
    const { provider, goOn } = pausing(chunk({ content: 'two' }), chunk({}, 'stop'));
    const drain = createDrain();
    const test = createTestApp({ providers: [provider], drain });
    const { id, lastEventId, leave } = await begin(test);
    await leave();
    drain.begin();
    const response = await resume(test, id, { 'last-event-id': lastEventId });
    expect(response.status).toBe(200);
    goOn();
    expect(readSseText(await response.text())).toMatchObject({ text: 'two', errors: [] });
    await drain.idle();
  });

  it('ends with the server', async () => {
    const { provider } = pausing();
    const drain = createDrain();
    const test = createTestApp({ providers: [provider], drain });
    const { id } = await begin(test);
    const response = await resume(test, id);
    drain.cut();
    expect(readSseText(await response.text())).toMatchObject({
      text: 'one ',
      errors: [{ code: 'server_shutting_down' }],
    });
    await drain.idle();
  });
});

it('ends at once with its reader without the header', async () => {
  const { provider } = pausing();
  const test = createTestApp({ providers: [provider] });
  const { id, leave } = await begin(test, { 'nova-resume': '' });
  await leave();
  expect(provider.calls[0]?.call.signal.aborted).toBe(true);
  expect((await resume(test, id)).status).toBe(404);
});

it('goes on without a log when there are too many', async () => {
  const test = createTestApp({
    providers: [createScriptedProvider({ steps: () => answer('x') })],
    resumeLog: createResumeLog({ limits: { maxStreams: 0 } }),
  });
  const response = await test.ask(stream, { 'nova-resume': '30' });
  const { text, ids } = readSseText(await response.text());
  expect(text).toBe('x');
  expect((await resume(test, ids[0]?.split(':')[0] ?? '')).status).toBe(404);
});

it.each(['soon', '-1', '1.5', '1e3'])('refuses Nova-Resume: %s', async (value) => {
  const response = await createTestApp().ask(stream, { 'nova-resume': value });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param: 'Nova-Resume' } });
});

it('refuses a Last-Event-ID of another stream', async () => {
  const response = await resume(createTestApp(), 'st_a', { 'last-event-id': 'st_b:1' });
  expect(response.status).toBe(400);
});

it('lets pages of other origins send what resuming takes', async () => {
  const { app } = createTestApp({ config: { allowedOrigins: ['https://shop.example'] } });
  const wanted = 'content-type, nova-resume, last-event-id, idempotency-key';
  const response = await app.request('/v1/chat/streams/st_x', {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': wanted,
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toBe(wanted);
  expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
});

it('says what the address takes', async () => {
  const response = await createTestApp().app.request('/v1/chat/streams/st_x', { method: 'POST' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS');
});
