import { expect, it } from 'vitest';
import { createClient } from '../../create-client.js';
import { createScriptedTransport } from '../../testing/create-scripted-transport.js';

it('says of an answer that cannot be read that asking again does not help', async () => {
  const depth = 6_000;
  const odd = `data: {"choices":[{"index":0,"delta":{"content":"a","odd":${'['.repeat(depth)}${']'.repeat(depth)}}}]}\n\n`;
  const transport = createScriptedTransport([{ body: [odd] }]);
  const nova = createClient({ baseUrl: 'http://nova.test/', transport });
  const result = await nova.chat.stream({ messages: [{ role: 'user', content: 'hi' }] }).result();
  expect(result).toMatchObject({ outcome: 'failed', error: { code: 'invalid_stream', retryable: false } });
  expect(result.error?.cause).toBeInstanceOf(RangeError);
  expect(transport.requests).toHaveLength(1);
});
