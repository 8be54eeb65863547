import { type ChatStream, createClient } from '@nova-chat/client';
import { createPool } from '@nova-chat/client/node';
import { expect, it } from 'vitest';
import { startFaultServer } from '../support/fault-server.js';
import { head, role, text } from './wire.js';

const tries = 11;

/** The ways to leave an answer in mid-stream. */
const ways: Record<string, (stream: ChatStream, abort: AbortController) => Promise<void>> = {
  async 'an aborted signal'(stream, abort) {
    for await (const event of stream) if (event.type === 'text-delta') abort.abort();
  },
  async break(stream) {
    for await (const event of stream) if (event.type === 'text-delta') break;
  },
  async 'a cancelled pipe'(stream) {
    const reader = stream.toReadableStream().pipeThrough(new TransformStream()).getReader();
    await reader.read();
    await reader.cancel();
  },
  async 'stop()'(stream) {
    for await (const event of stream) if (event.type === 'text-delta') await stream.stop();
  },
};

it.for(['pool', 'fetch'].flatMap((transport) => Object.keys(ways).map((way) => [transport, way] as const)))(
  'closes the socket within 100 ms: %s, %s',
  async ([transport, way]) => {
    await using server = await startFaultServer(() => [head(200), { send: role + text('Hel') }, 'stall']);
    const pool = transport === 'pool' ? createPool() : undefined;
    const client = createClient({ baseUrl: server.url, ...(pool && { transport: pool }) });
    const latenciesMs: number[] = [];
    for (let index = 0; index < tries; index += 1) {
      const abort = new AbortController();
      const stream = client.chat.stream({ messages: [{ role: 'user', content: '?' }] }, { signal: abort.signal });
      await ways[way]?.(stream, abort);
      const leftAt = performance.now();
      while (server.openSockets() > 0 && performance.now() - leftAt < 5000) await new Promise(setImmediate);
      latenciesMs.push(performance.now() - leftAt);
    }
    await pool?.close();
    // The median, because a busy machine may hold any single one up.
    expect(latenciesMs.sort((a, b) => a - b)[tries >> 1]).toBeLessThan(100);
  },
);
