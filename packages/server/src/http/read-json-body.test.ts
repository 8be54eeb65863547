import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { expect, it, onTestFinished } from 'vitest';
import { createTestApp } from '../testing/create-test-app.js';
import { answer, createScriptedProvider } from '../testing/scripted-provider.js';

const ask = (text: string): string => JSON.stringify({ messages: [{ role: 'user', content: text }] });
const mark = Buffer.from([0xef, 0xbb, 0xbf]);

async function open(): Promise<{
  heard: unknown[];
  post: (body: Uint8Array, isChunked: boolean) => Promise<Response>;
}> {
  const provider = createScriptedProvider({ steps: () => answer('ok') });
  const { app } = createTestApp({ providers: [provider] });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    get heard() {
      return provider.calls.map(({ request }) => request.messages[0]?.content);
    },
    post: (body, isChunked) =>
      fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: isChunked ? new Blob([new Uint8Array(body)]).stream() : new Uint8Array(body),
        ...(isChunked && { duplex: 'half' }),
      }),
  };
}

it.each([
  ['declared', false],
  ['chunked', true],
])('refuses a body in another encoding than UTF-8, and garbles none: %s', async (_name, isChunked) => {
  const opened = await open();
  // As PowerShell 5 sends each text, and what is cut within a character.
  for (const body of [Buffer.from(ask('café'), 'latin1'), Buffer.from(`${ask('a')}`).fill(0xe2, 42, 43)]) {
    const response = await opened.post(body, isChunked);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_json', message: 'The body is not in UTF-8. Send one JSON object in UTF-8.' },
    });
  }
  expect(opened.heard).toEqual([]);
});

it.each([
  ['declared', false],
  ['chunked', true],
])('takes what UTF-8 can say, its mark too: %s', async (_name, isChunked) => {
  const opened = await open();
  for (const text of ['café', 'what became \ufffd elsewhere', '👍🏽']) {
    expect((await opened.post(Buffer.from(ask(text)), isChunked)).status).toBe(200);
    expect((await opened.post(Buffer.concat([mark, Buffer.from(ask(text))]), isChunked)).status).toBe(200);
    expect(opened.heard.slice(-2)).toEqual([text, text]);
  }
});
