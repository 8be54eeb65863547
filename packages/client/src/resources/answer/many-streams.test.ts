import { once } from 'node:events';
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createClient } from '../../create-client.js';
import { sseAnswer } from '../../test-support/sse-text.js';
import { createPool } from '../../transport/create-pool.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('keeps nothing of 10,000 streams, of which some are left early', { timeout: 120_000 }, async () => {
  const answer = sseAnswer('an answer of a few words');
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(answer.slice(0, 300));
    setImmediate(() => response.end(answer.slice(300)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const pool = createPool();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const nova = createClient({ baseUrl, transport: pool });
  const { signal } = new AbortController();

  const run = async (count: number): Promise<number> => {
    const one = async (index: number): Promise<void> => {
      const stream = nova.chat.stream({ messages: [] }, { signal });
      if (index % 10 === 0) {
        for await (const event of stream) if (event.type === 'text-delta') break;
        expect((await stream.result()).outcome).toBe('aborted');
      } else expect((await stream.result()).outcome).toBe('complete');
    };
    for (let done = 0; done < count; done += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => one(index)));
    }
    // What lingers after `[DONE]` is let go of within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await run(1_000);
  const after = await run(9_000);
  // A stream that was kept would be some 10 KB: 90 MB after all of them.
  expect((after - before) / 1024 ** 2).toBeLessThan(8);
  expect(pool.stats()).toMatchObject({ running: 0, queued: 0 });
  await pool.close();
  server.close();
});
