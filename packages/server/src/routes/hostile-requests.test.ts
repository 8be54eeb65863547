import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../config/load-config.js';
import { type RunningServer, startServer } from '../start-server.js';
import { startUpstream, type Upstream } from '../testing/start-upstream.js';

let upstream: Upstream;
let server: RunningServer;
beforeAll(async () => {
  // A request that is at fault counts for nothing; whatever else goes wrong counts against the provider.
  upstream = await startUpstream((response) => response.writeHead(400).end('{"error":{"message":"No."}}'));
  const config = loadConfig({
    PORT: '0',
    MAX_BODY_BYTES: '10000000',
    SITE_CONTENT: fileURLToPath(new URL('../../../../docs', import.meta.url)),
    RETRY_DELAYS_MS: 'none',
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: upstream.baseUrl,
    OPENAI_BASE_URL: upstream.baseUrl,
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: upstream.baseUrl,
    OLLAMA_BASE_URL: upstream.baseUrl,
  });
  server = await startServer(config, { logger: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await server.stop();
  await upstream.stop();
});

const levels = 60_000;
const nested = `${'{"items":'.repeat(levels)}{}${'}'.repeat(levels)}`;
const messages = [{ role: 'user', content: 'Which browsers are supported?' }];
const called = (text: string): object => ({
  messages: [
    ...messages,
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call12345', type: 'function', function: { name: 'f', arguments: text } }],
    },
    { role: 'tool', tool_call_id: 'call12345', content: text },
  ],
});
/** The text itself: `JSON.stringify` has no way to write it. */
const withNested = (body: object): string => JSON.stringify({ messages, ...body }).replace('"NESTED"', nested);

const bodies: [string, string][] = [
  ['a member that nobody knows', withNested({ x: 'NESTED' })],
  [
    'a schema of an answer',
    withNested({ response_format: { type: 'json_schema', json_schema: { name: 'a', schema: 'NESTED' } } }),
  ],
  [
    'the parameters of a tool',
    withNested({ tools: [{ type: 'function', function: { name: 'f', parameters: 'NESTED' } }] }),
  ],
  ['the arguments of a call', JSON.stringify(called(nested))],
  [
    'the arguments of a call, with a long number',
    JSON.stringify(called(nested.replace('{}', '{"a":12345678901234567}'))),
  ],
  ['a hundred thousand stop sequences', JSON.stringify({ messages, stop: Array.from({ length: 150_000 }, () => 'r') })],
];
const parts = Array.from({ length: 200_000 }, () => ({ type: 'text', text: 'a' }));
bodies.push([
  'a message of very many parts',
  JSON.stringify({ messages: [...messages, { role: 'user', content: parts }] }),
]);
const cases = ['claude', 'openai', 'gemini', 'ollama', 'site'].flatMap((provider) =>
  bodies.map(([name, body]): [string, string, string] => [provider, name, body]),
);

interface Health {
  provider: string;
  failed_calls: number;
  models: { model: string }[];
}

async function readHealth(provider: string): Promise<Health> {
  const { data } = (await (await fetch(`${server.url}/providers/health`)).json()) as { data: Health[] };
  const health = data.find((one) => one.provider === provider);
  if (!health) throw new Error(`There is no ${provider}.`);
  return health;
}

it.each(cases)('%s is not switched off by %s', async (provider, _name, body) => {
  const before = await readHealth(provider);
  const answer = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"model":"${provider}/${before.models[0]?.model}",${body.slice(1)}`,
  });
  expect(answer.status).toBeLessThan(500);
  expect((await readHealth(provider)).failed_calls).toBe(before.failed_calls);
});
