import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../protocol/index.js';
import { openClient, question } from '../../test-support/open-client.js';
import { readAll } from '../../test-support/read-all.js';
import { sseChunk } from '../../test-support/sse-text.js';
import type { ScriptedAnswer } from '../../testing/create-scripted-transport.js';

const event = (number: number, content: string): string => sseChunk({ content }, { id: `s1:${number}` });
const broken = { error: new Error('reset') };
const end = sseChunk({}, { finish_reason: 'stop', id: 's1:9' });

const typesOf = (events: ChatEvent[]): string[] => events.map(({ type }) => type);

describe('an answer that is picked up', () => {
  it('is not doubled by a server that sends it from its beginning again', async () => {
    const { nova, requests } = openClient([
      { body: [event(1, 'a '), event(2, 'b '), broken] },
      { body: [event(1, 'a '), broken] },
      { body: [event(1, 'a '), event(2, 'b ') + event(3, 'c '), end] },
    ]);
    const stream = nova.chat.stream(question, { resume: 60 });
    expect(await stream.result()).toMatchObject({ outcome: 'complete', text: 'a b c ' });
    expect(stream.lastEventId).toBe('s1:9');
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 's1:2', 's1:2']);
  });

  it('is read anew, under the ids it had, when it is asked for again', async () => {
    const role = sseChunk({ role: 'assistant' }, { id: 's1:3' });
    const { nova } = openClient([{ body: [role, broken] }, { body: [event(1, 'a '), event(2, 'b '), end] }]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'a b ' });
  });

  it('is not asked for again and again, at once, when each resume breaks soon', async () => {
    const waits: number[] = [];
    const { nova, requests } = openClient((_, index) => ({ body: [event(index + 1, 'a'), broken] }), {
      retry: { delays: [1, 2, 3] },
      onRetry: ({ delayMs }) => void waits.push(delayMs),
    });
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'aaaaa', error: { code: 'stream_interrupted' } });
    expect(requests).toHaveLength(5);
    expect(waits).toEqual([1, 2, 3]);
  });

  it('knows which of its choices had ended before the break', async () => {
    const choice = (index: number, number: number, reason?: string): string =>
      sseChunk({ content: `${index}` }, { index, id: `s1:${number}`, ...(reason && { finish_reason: reason }) });
    const script = [
      { body: [choice(0, 1, 'stop'), choice(1, 2), broken] },
      { body: [choice(1, 3), broken] },
      { body: [choice(1, 4, 'stop')] },
    ];
    const { nova } = openClient(script);
    const result = await nova.chat.stream({ ...question, n: 2 }, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'complete', attempts: 3 });
    expect(result.completion.choices.map(({ message }) => message.content)).toEqual(['0', '111']);
  });

  it('is not whole when only the choices after the break have ended', async () => {
    const choice = (index: number, number: number, reason?: string): string =>
      sseChunk({ content: `${index}` }, { index, id: `s1:${number}`, ...(reason && { finish_reason: reason }) });
    const { nova } = openClient([
      { body: [choice(0, 1), choice(1, 2), broken] },
      { body: [choice(1, 3, 'stop')] },
      { body: [choice(0, 4, 'stop')] },
    ]);
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'complete', attempts: 3 });
    expect(result.completion.choices.map(({ message }) => message.content)).toEqual(['00', '11']);
  });

  it('counts the choices of an attempt anew when it is asked for again', async () => {
    const { nova } = openClient([
      { body: [sseChunk({ role: 'assistant' }, { index: 1 }), broken] },
      { body: [event(1, 'a'), end] },
    ]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'a', attempts: 2 });
  });

  it('is not picked up when what came had no ids, as it would be doubled', async () => {
    const { nova, requests } = openClient([
      { body: [sseChunk({ content: 'a' }, { nova: { stream_id: 's1' } }), broken] },
      { body: [sseChunk({ content: 'a' }), end] },
    ]);
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'a', error: { code: 'stream_interrupted' } });
    expect(requests).toHaveLength(1);
  });

  it('is not waited for without end when it stays silent', async () => {
    const waits: number[] = [];
    const { nova, requests } = openClient(
      (_, index) => ({ body: [...(index ? [] : [event(1, 'a')]), { stall: true }] }),
      {
        retry: { delays: [1, 2, 3] },
        timeouts: { firstEventMs: 20, idleMs: 20 },
        onRetry: ({ delayMs }) => void waits.push(delayMs),
      },
    );
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'a' });
    expect([requests.length, waits]).toEqual([4, [1, 2, 3]]);
  });
});

describe('an answer with its name in the headers', () => {
  const headers = { 'content-type': 'text/event-stream', 'nova-stream-id': 's1' };

  it('is picked up when it breaks before its first event', async () => {
    const { nova, requests } = openClient([{ headers, body: [': hi\n\n', broken] }, { body: [event(0, 'a'), end] }]);
    expect(await nova.chat.stream(question, { resume: 60 }).result()).toMatchObject({ outcome: 'complete', text: 'a' });
    expect(requests.map(({ method, url, headers }) => [method, url.slice(16), headers['last-event-id']])).toEqual([
      ['POST', '/v1/chat/completions', undefined],
      ['GET', '/v1/chat/streams/s1', undefined],
    ]);
  });

  it('is ended on the server by a stop before its first event', async () => {
    const { nova, requests } = openClient([{ headers, body: [{ stall: true }] }, { status: 204 }]);
    const stream = nova.chat.stream(question, { resume: 60 });
    await expect.poll(() => stream.streamId).toBe('s1');
    await stream.stop();
    expect(await stream.result()).toMatchObject({ outcome: 'aborted', text: '' });
    expect(requests.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'POST /v1/chat/completions',
      'DELETE /v1/chat/streams/s1',
    ]);
  });

  it('is left to the server when nobody asked for a resume', async () => {
    const { nova, requests } = openClient([{ headers, body: [{ stall: true }] }]);
    const stream = nova.chat.stream(question);
    await expect.poll(() => stream.streamId).toBe('s1');
    await stream.stop();
    expect(requests).toHaveLength(1);
  });
});

describe('a resumable answer', () => {
  it('is picked up from the last event when its connection breaks', async () => {
    const { nova, requests } = openClient([
      { body: [event(1, 'a '), event(2, 'b '), broken] },
      { status: 503 },
      { body: [event(3, 'c '), broken] },
      { body: [event(4, 'd'), end] },
    ]);
    const stream = nova.chat.stream(question, { resume: 60 });
    const events = await readAll(stream);
    expect(typesOf(events)).toEqual(['stream-start', 'text-delta', 'text-delta', 'text-delta', 'text-delta', 'end']);
    expect(await stream.result()).toMatchObject({ outcome: 'complete', text: 'a b c d', attempts: 4, streamId: 's1' });
    expect(
      requests.map(({ method, url, headers }) => [
        method,
        url.slice(16),
        headers['nova-resume'],
        headers['last-event-id'],
      ]),
    ).toEqual([
      ['POST', '/v1/chat/completions', '60', undefined],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:2'],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:2'],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:3'],
    ]);
  });

  it('is picked up, not asked for again, when it breaks before its content', async () => {
    const { nova, requests } = openClient([
      { body: [sseChunk({ role: 'assistant' }, { id: 's1:1' }), broken] },
      { body: [event(2, 'a'), end] },
    ]);
    expect(await nova.chat.stream(question, { resume: 60 }).result()).toMatchObject({ outcome: 'complete', text: 'a' });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it.each<[string, ScriptedAnswer[], number]>([
    ['the server does not know it any more', [{ status: 404 }], 2],
    ['the server stays away', [], 4],
    ['the server is over-long in coming back', [{ status: 503, headers: { 'retry-after': '600' } }], 2],
  ])('fails with what had come when %s', async (_, rest, attempts) => {
    const { nova } = openClient([{ body: [event(1, 'par'), broken] }, ...rest]);
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'par', attempts, error: { code: 'stream_interrupted' } });
  });

  it('is not resumed when nobody asked for it', async () => {
    const { nova, requests } = openClient([{ body: [event(1, 'par'), broken] }]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', text: 'par', streamId: 's1' });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).not.toHaveProperty('nova-resume');
  });

  it.each<[string | number | undefined, string | undefined]>([
    ['s1:2', 's1:2'],
    [2, 's1:2'],
    [undefined, undefined],
  ])('is picked up after a reload, after %s', async (after, header) => {
    const { nova, requests } = openClient([{ body: [event(3, 'c'), broken] }, { body: [event(4, 'd'), end] }]);
    const result = await nova.chat.resume('s1', after === undefined ? {} : { after }).result();
    expect(result).toMatchObject({ outcome: 'complete', text: 'cd' });
    expect(requests.map(({ method, headers }) => [method, headers['last-event-id']])).toEqual([
      ['GET', header],
      ['GET', 's1:3'],
    ]);
  });

  it('fails when a reload finds nothing', async () => {
    const { nova } = openClient([{ status: 404 }]);
    expect(await nova.chat.resume('s1').result()).toMatchObject({ outcome: 'failed', error: { code: 'not_found' } });
  });

  it('ends on the server with stop(), and goes on there with disconnect()', async () => {
    const { nova, requests } = openClient((_, index) =>
      index % 2 ? { status: 204 } : { body: [event(1, 'a'), { stall: true }] },
    );
    const stopped = nova.chat.stream(question, { resume: 60 });
    for await (const { type } of stopped) if (type === 'text-delta') await stopped.stop();
    expect(await stopped.result()).toMatchObject({ outcome: 'aborted', text: 'a' });
    await stopped.stop();
    expect(requests.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'POST /v1/chat/completions',
      'DELETE /v1/chat/streams/s1',
    ]);
    const left = nova.chat.stream(question, { resume: 60 });
    for await (const { type } of left) if (type === 'text-delta') left.disconnect();
    expect(await left.result()).toMatchObject({ outcome: 'aborted', text: 'a' });
    expect(requests).toHaveLength(3);
  });
});
