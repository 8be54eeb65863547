import { expect, it } from 'vitest';
import { createScriptedTransport } from './create-scripted-transport.js';

it('finds a header however its name is written', async () => {
  const transport = createScriptedTransport([{ status: 429, headers: { 'Retry-After': '2', 'content-type': 'a/b' } }]);
  const { headers } = await transport.send({ method: 'GET', url: '/', headers: {}, headersTimeoutMs: 1 });
  expect([headers.get('retry-after'), headers.get('Content-Type'), headers.get('x')]).toEqual(['2', 'a/b', null]);
});
