import { describe, expect, it } from 'vitest';
import { createResumableChat, type ResumableAnswer, type ResumePlace } from './create-resumable-chat.js';
import type { ChatEvent } from './protocol/index.js';
import { question } from './test-support/open-client.js';
import { sseChunk } from './test-support/sse-text.js';
import { createScriptedTransport, type ScriptedTransport } from './testing/create-scripted-transport.js';

const frames = [
  sseChunk({ role: 'assistant' }, { id: 's1:0' }),
  sseChunk({ reasoning_content: 'Hm.', content: 'One ' }, { id: 's1:1' }),
  sseChunk({ content: 'two ' }, { id: 's1:2' }),
  sseChunk({ content: 'three' }, { id: 's1:3' }),
  sseChunk({}, { finish_reason: 'stop', id: 's1:4' }),
];

/** A server that knows one answer, and goes on behind the event that a reader has. */
function serve(): ScriptedTransport {
  return createScriptedTransport(({ headers }) => {
    const last = headers['last-event-id'];
    return { body: frames.slice(last === undefined ? 0 : Number(last.split(':')[1]) + 1) };
  });
}

const open = (transport: ScriptedTransport) =>
  createResumableChat({ baseUrl: 'http://nova.test', transport, retry: { delays: [] } });

/** What a reader has seen of an answer, and where it stands, each time before it takes the next event. */
async function follow(answer: ResumableAnswer): Promise<{ seen: string; place: ResumePlace | undefined }[]> {
  const steps: { seen: string; place: ResumePlace | undefined }[] = [];
  const events = answer[Symbol.asyncIterator]();
  let seen = '';
  for (;;) {
    steps.push({ seen, place: answer.place() });
    const { done, value } = await events.next();
    if (done) return steps;
    seen += toText(value);
  }
}

const toText = (event: ChatEvent): string =>
  event.type === 'text-delta' ? event.text : event.type === 'reasoning-delta' ? `(${event.text})` : '';

describe('a resumable answer', () => {
  it('can be picked up wherever its reader stands, without a lost or doubled word', async () => {
    const steps = await follow(open(serve()).stream(question, { resume: 60 }));
    const whole = '(Hm.)One two three';
    expect(steps.at(-1)?.seen).toBe(whole);
    const places = steps.filter(({ place }) => place?.lastEventId);
    expect(new Set(places.map(({ place }) => place?.lastEventId)).size).toBeGreaterThanOrEqual(4);
    for (const { seen, place } of places) {
      const rest = await follow(open(serve()).resume(place as ResumePlace));
      expect(seen + rest.at(-1)?.seen).toBe(whole);
      expect(rest[0]?.place).toEqual(place);
    }
    // Between the two events of one message nobody could go on.
    expect(steps.find(({ seen }) => seen === '(Hm.)')?.place).toBeUndefined();
  });

  it('asks the server to keep it going only when it is to be', async () => {
    const transport = serve();
    await follow(open(transport).stream(question));
    await follow(open(transport).stream(question, { resume: 60 }));
    expect(transport.requests.map(({ headers }) => headers['nova-resume'])).toEqual([undefined, '60']);
  });

  it('is picked up by itself when its connection breaks', async () => {
    const transport = createScriptedTransport([
      { body: [...frames.slice(0, 3), { error: new Error('reset') }] },
      { body: frames.slice(3) },
    ]);
    const steps = await follow(open(transport).stream(question, { resume: 60 }));
    expect(steps.at(-1)?.seen).toBe('(Hm.)One two three');
    expect(transport.requests[1]?.headers['last-event-id']).toBe('s1:2');
  });

  it('says so when the server has it no more', async () => {
    const body = JSON.stringify({ error: { message: 'Gone.', type: 'x', code: 'stream_not_found' } });
    const transport = createScriptedTransport([{ status: 404, body: [body] }]);
    const events: ChatEvent[] = [];
    for await (const event of open(transport).resume({ streamId: 's1' })) events.push(event);
    expect(events).toMatchObject([{ type: 'end', outcome: 'failed', error: { status: 404 } }]);
  });

  it.each([
    ['on the server too when it is resumable', { resume: 60 }, ['POST', 'DELETE']],
    ['by leaving when it is not', {}, ['POST']],
  ])('is stopped %s', async (_name, options, methods) => {
    const transport = createScriptedTransport([{ body: [...frames.slice(0, 3), { stall: true }] }, { status: 204 }]);
    const answer = open(transport).stream(question, options);
    for await (const event of answer) if (toText(event) === 'two ') answer.stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(transport.requests.map(({ method }) => method)).toEqual(methods);
  });
});
