import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendWithFetch } from './send-with-fetch.js';
import type { TransportRequest } from './transport.js';

/** Answers when a request has been there for 300 ms. */
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end(), 300);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const post = (body: string): TransportRequest => ({
  method: 'POST',
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  headers: {},
  body,
  headersTimeoutMs: 50,
});

it('ends the wait for the headers at its limit', async () => {
  await expect(sendWithFetch({})(post('{}'))).rejects.toMatchObject({ code: 'headers_timeout' });
});

it('gives a large body the time that it needs on a slow line', async () => {
  const response = await sendWithFetch({})(post('x'.repeat(300_000)));
  expect(response.status).toBe(200);
  response.cancel();
});

it('waits as long as it takes when there is no limit', async () => {
  const response = await sendWithFetch({})({ ...post('{}'), headersTimeoutMs: Infinity });
  expect(response.status).toBe(200);
  response.cancel();
});
