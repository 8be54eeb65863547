import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../client-options.js';
import { createClient, type NovaClient } from '../create-client.js';
import { sseChunk } from '../test-support/sse-text.js';
import { createScriptedTransport, type ScriptedTransport } from '../testing/create-scripted-transport.js';

const question = { messages: [{ role: 'user' as const, content: 'hi' }] };
const event = (number: number, content: string): string => sseChunk({ content }, { id: `s1:${number}` });
const broken = { error: new Error('reset') };
const end = sseChunk({}, { finish_reason: 'stop', id: 's1:9' });

function open(
  script: Parameters<typeof createScriptedTransport>[0],
  options: Partial<ClientOptions> = { retry: { delays: [0, 0] } },
): { nova: NovaClient; requests: ScriptedTransport['requests'] } {
  const transport = createScriptedTransport(script);
  return { nova: createClient({ baseUrl: 'http://nova.test/', transport, ...options }), requests: transport.requests };
}

describe('an answer that is picked up', () => {
  it('is not doubled by a server that sends it from its beginning again', async () => {
    const { nova, requests } = open([
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
    const { nova } = open([{ body: [role, broken] }, { body: [event(1, 'a '), event(2, 'b '), end] }]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'a b ' });
  });

  it('is not asked for again and again, at once, when each resume breaks soon', async () => {
    const waits: number[] = [];
    const { nova, requests } = open((_, index) => ({ body: [event(index + 1, 'a'), broken] }), {
      retry: { delays: [1, 2, 3] },
      onRetry: ({ delayMs }) => void waits.push(delayMs),
    });
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'aaaaa', error: { code: 'stream_interrupted' } });
    expect(requests).toHaveLength(5);
    expect(waits).toEqual([1, 2, 3]);
  });
});
