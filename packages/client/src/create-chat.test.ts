import { describe, expect, it } from 'vitest';
import { createChat } from './create-chat.js';
import { createClient } from './create-client.js';
import type { ChatEvent } from './protocol/index.js';
import { joinTexts } from './resources/answer/join-texts.js';
import { question } from './test-support/open-client.js';
import { readAll } from './test-support/read-all.js';
import { sseAnswer, sseChunk } from './test-support/sse-text.js';
import { sseHead, startTcpServer } from './test-support/start-tcp-server.js';
import { createScriptedTransport, type ScriptedAnswer } from './testing/create-scripted-transport.js';

/** What the whole client tells piece by piece, with text that stands together in one piece. */
const joined = (events: ChatEvent[]): ChatEvent[] => {
  const all: ChatEvent[] = [];
  for (const event of events) {
    const last = all.pop();
    const both = last && joinTexts(last, event);
    all.push(...(both ? [both] : last ? [last, event] : [event]));
  }
  return all;
};

describe('createChat', () => {
  it.each<[string, ScriptedAnswer[]]>([
    ['a whole answer', [{ body: [sseAnswer('Hello you')] }]],
    ['an answer after a failure', [{ status: 503 }, { body: [sseAnswer('Hello')] }]],
    ['a cut', [{ body: [sseChunk({ content: 'Hel' })] }]],
    ['a limit', [{ body: [sseChunk({ content: 'Hel' }, { finish_reason: 'length' })] }]],
    ['a refusal', [{ status: 401 }]],
    ['a server that does not stream', [{ status: 501 }, { body: ['{"choices":[{"message":{"content":"Hi"}}]}'] }]],
  ])('tells %s by the same events as the whole client', async (_, script) => {
    const ask = (create: typeof createChat): Promise<ChatEvent[]> => {
      const transport = createScriptedTransport(script);
      return readAll(create({ baseUrl: 'http://nova.test', transport, retry: { delays: [0] } }).stream(question));
    };
    const whole = await ask((options) => createClient(options).chat);
    // What came is put together by the whole client only.
    const end = whole.at(-1);
    if (end?.type === 'end' && end.error) Object.assign(end.error, { partial: undefined });
    expect(joined(await ask(createChat))).toEqual(joined(whole));
    expect(end).toMatchObject({ type: 'end' });
  });

  it('hands on in one piece the text that has come while its reader was busy', async () => {
    const texts = Array.from({ length: 100 }, (_, index) => `${index} `);
    const body = `${texts.map((content) => sseChunk({ content })).join('')}${sseChunk({}, { finish_reason: 'stop' })}`;
    const transport = createScriptedTransport([{ body: [body] }]);
    const events = await readAll(createChat({ baseUrl: 'http://nova.test', transport }).stream(question));
    const deltas = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
    expect(deltas.join('')).toBe(texts.join(''));
    expect(deltas.length).toBeLessThan(5);
  });

  it('does not ask again when there is no wait to put before it', async () => {
    const transport = createScriptedTransport(() => ({ status: 503 }));
    const chat = createChat({ baseUrl: 'http://nova.test', transport, retry: { delays: [], retries: 5 } });
    expect(await readAll(chat.stream(question))).toMatchObject([{ type: 'end', outcome: 'failed' }]);
    expect(transport.requests).toHaveLength(1);
  });

  it('closes the connection of an answer that is stopped before its first byte', async () => {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    await using server = await startTcpServer((socket) => {
      socket.on('close', () => closed.resolve());
      asked.resolve();
    });
    const answer = createChat({ baseUrl: server.url }).stream(question);
    await asked.promise;
    answer.stop();
    expect(await readAll(answer)).toEqual([expect.objectContaining({ type: 'end', outcome: 'aborted' })]);
    await closed.promise;
  });

  it('closes the connection when its reader leaves', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startTcpServer((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(sseHead + sseChunk({ content: 'Hel' }));
    });
    for await (const event of createChat({ baseUrl: server.url }).stream(question)) {
      if (event.type === 'text-delta') break;
    }
    await closed.promise;
  });
});
