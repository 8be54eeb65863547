import { createClient } from '@nova-chat/client';
import { afterAll, expect, it } from 'vitest';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/start-scripted-upstream.js';
import { startServer } from '../support/start-server.js';

let upstream: ScriptedUpstream;
afterAll(() => upstream.stop());

it('finishes the stream under way on SIGTERM, takes no new request and exits with 0', async () => {
  upstream = await startScriptedUpstream();
  const server = await startServer({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: upstream.url('long') });
  const stream = createClient({ baseUrl: server.url }).chat.stream({ messages: [{ role: 'user', content: 'Hello' }] });
  let code: Promise<number | null> | undefined;
  let late: Promise<Response> | undefined;
  for await (const event of stream) {
    if (event.type !== 'text-delta' || code) continue;
    code = server.stop();
    late = new Promise((resolve) => setTimeout(resolve, 200)).then(() => fetch(`${server.url}/v1/models`));
    late.catch(() => undefined);
  }
  const { outcome, text } = await stream.result();
  expect(outcome).toBe('complete');
  expect(text).toContain('That is all there is to see.');
  expect(await code).toBe(0);
  const refused = await late?.then(
    (response) => response.status === 503,
    () => true,
  );
  expect(refused).toBe(true);
});

it('can be stopped as soon as it says that it listens', async () => {
  for (let round = 0; round < 5; round += 1) {
    const server = await startServer();
    expect(await server.stop()).toBe(0);
  }
});

it('stops though nobody reads its log', async () => {
  const server = await startServer();
  server.process.stdout?.pause();
  const path = `${server.url}/${'x'.repeat(190)}`;
  // More than the pipe and the reader hold.
  for (let round = 0; round < 12; round += 1) {
    await Promise.all(Array.from({ length: 50 }, async () => (await fetch(path)).text()));
  }
  expect(await server.stop()).toBe(0);
});
