import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAiSdk } from '../support/real-clients/ai-sdk.js';
import { createLangChain } from '../support/real-clients/langchain.js';
import { createOpenAi } from '../support/real-clients/openai.js';
import type { Answer, Ask, RealClient } from '../support/real-clients/real-client.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { cost, jsonAnswer } from '../support/vendors/dialogue.js';
import { startVendors, type VendorName, type VendorServers, vendorKey } from '../support/vendors/start-vendors.js';

const kinds: readonly VendorName[] = ['openai', 'anthropic', 'gemini', 'ollama'];
/** Names that are told apart by the traits of their models: what a model takes depends on it. */
const models: Record<VendorName, string> = {
  openai: 'gpt-6-luna',
  anthropic: 'claude-sonnet-5-5',
  gemini: 'gemini-3.5-flash-lite',
  ollama: 'llama3.2',
};
const creators = [createOpenAi, createAiSdk, createLangChain];
const statuses = [400, 401, 404, 429, 503];

let vendors: VendorServers;
let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), 'nova-clients-'));

beforeAll(async () => {
  vendors = await startVendors();
  const toProvider = (kind: VendorName, status?: number): object => ({
    kind,
    baseUrl: vendors.url(kind, status),
    apiKeyEnv: 'VENDOR_KEY',
    models: [models[kind]],
  });
  const good = kinds.map((kind) => [kind === 'openai' ? 'open' : `my-${kind}`, toProvider(kind)]);
  // A refusal is remembered, so each client and each way of asking has a provider of its own.
  const bad = kinds.flatMap((kind) =>
    statuses.flatMap((status) =>
      creators.flatMap((_, client) =>
        ['whole', 'stream'].map((way) => [`${kind}-${status}-${client}-${way}`, toProvider(kind, status)]),
      ),
    ),
  );
  const file = join(folder, 'nova.config.json');
  writeFileSync(file, JSON.stringify({ providers: Object.fromEntries([...good, ...bad]) }));
  server = await startServer({ NOVA_CONFIG: file, VENDOR_KEY: vendorKey, RETRY_DELAYS_MS: 'none', LOG_LEVEL: 'warn' });
});
afterAll(async () => {
  await server?.stop();
  await vendors?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const toModel = (kind: VendorName): string => `${kind === 'openai' ? 'open' : `my-${kind}`}/${models[kind]}`;
const question = 'Wie heisst «hello» in Züri?';
const system = 'short and 🙂';
const spoken = `To "${question}" I say, ${system}: grüezi 👋`;
const usage = (kind: VendorName): Answer['usage'] => ({
  input: cost.input,
  output: cost.output,
  // Ollama does not say.
  cached: kind === 'ollama' ? 0 : cost.cached,
});
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, degrees: { type: 'number' } },
  required: ['city', 'degrees'],
  additionalProperties: false,
};
const ways = ['whole', 'stream'] as const;

describe.each(creators.map((create, index) => ({ index, create, name: create('http://unused/v1').name })))(
  '$name',
  ({ index, create }) => {
    let client: RealClient;
    beforeAll(() => {
      client = create(`${server.url}/v1`);
    });

    describe.each(kinds)('with a provider of kind %s', (kind) => {
      const ask = (more: Partial<Ask> = {}): Ask => ({ model: toModel(kind), question, ...more });

      it.each(ways)('gets an answer, its end and its usage: %s', async (way) => {
        const answer = await client[way](ask({ system }));
        expect(answer).toEqual({
          text: spoken,
          finishReason: 'stop',
          usage: usage(kind),
          pieces: way === 'whole' ? 1 : expect.any(Number),
        });
        if (way === 'stream') expect(answer.pieces).toBeGreaterThan(3);
      });

      it.each(ways)('calls two tools and gives their results back: %s', async (way) => {
        const asked: string[] = [];
        const tool = {
          name: 'get_weather',
          description: 'Says how warm it is.',
          parameters: city,
          run: (where: string): string => {
            asked.push(where);
            return `${asked.length}° in ${where}`;
          },
        };
        const answer = await client[way](ask({ tool }));
        expect(asked).toEqual(['Köln', 'Zürich']);
        expect(answer).toMatchObject({ text: 'The tools say: 1° in Köln and 2° in Zürich 👋', finishReason: 'stop' });
      });

      it.each(ways)('gets JSON after a schema: %s', async (way) => {
        expect(JSON.parse((await client[way](ask({ schema }))).text)).toEqual(jsonAnswer);
      });

      it.each(ways)('gets JSON of any form: %s', async (way) => {
        expect(JSON.parse((await client[way](ask({ isJson: true }))).text)).toEqual(jsonAnswer);
      });

      it.each(ways)('shows a picture: %s', async (way) => {
        const image = Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
          'base64',
        );
        const type = kind === 'ollama' ? 'an image' : 'image/png';
        expect((await client[way](ask({ image }))).text).toBe(`I see ${type} of ${image.length} bytes.`);
      });

      describe.each(ways)('%s', (way) => {
        const refusal = (status: number): Ask => ask({ model: `${kind}-${status}-${index}-${way}/${models[kind]}` });

        it.each([
          { upstream: 400, status: 400, type: 'BadRequestError', code: expect.any(String) },
          { upstream: 404, status: 404, type: 'NotFoundError', code: expect.any(String) },
          { upstream: 429, status: 429, type: 'RateLimitError', code: 'rate_limit_exceeded' },
          // The key is the server's, and none of the caller's business.
          { upstream: 401, status: 502, type: 'InternalServerError', code: 'upstream_auth_error' },
          { upstream: 503, status: 502, type: 'InternalServerError', code: 'upstream_error' },
        ])('throws its own $type when the provider says $upstream', async ({ upstream, status, type, code }) => {
          const error: unknown = await client[way](refusal(upstream)).catch((thrown: unknown) => thrown);
          const failure = client.toFailure(error);
          expect(failure).toMatchObject({ type: create === createAiSdk ? 'AI_APICallError' : type, status, code });
          if (upstream === 429) expect(failure.retryAfter).toBe('7');
          expect(String((error as Error).message)).not.toContain(vendorKey);
        });
      });

      it.each([
        ['in the middle of a stream', 'stream', 'hang'],
        ['before the first word', 'stream', 'hang at once'],
        ['of a whole answer', 'whole', 'hang'],
      ] as const)('closes the upstream when it is aborted %s', async (when, way, what) => {
        const mark = `${what} ${kind} ${index} ${when}`;
        const own = (): VendorServers['calls'] => vendors.calls.filter((call) => call.question === mark);
        const control = new AbortController();
        const onText = vi.fn(() => control.abort());
        const asked = client[way](ask({ question: mark, signal: control.signal, onText }));
        const end = asked.then(
          () => 'an answer',
          (error: Error) => error.name,
        );
        await vi.waitFor(() => expect(own()).toHaveLength(1), 5_000);
        if (what !== 'hang' || way === 'whole') control.abort();
        else await vi.waitFor(() => expect(onText).toHaveBeenCalled(), 5_000);
        expect(await end).not.toBe('an answer');
        await vi.waitFor(() => expect(own().map(({ state }) => state)).toEqual(['left']), 2_000);
      });
    });

    it('throws its own error for a model that is not there, and for a bad request', async () => {
      const failureOf = (ask: Ask) => client.whole(ask).catch((error: unknown) => client.toFailure(error));
      const own = (type: string): string => (create === createAiSdk ? 'AI_APICallError' : type);
      expect(await failureOf({ model: 'no-such-model', question })).toMatchObject({
        type: own('NotFoundError'),
        status: 404,
        code: 'model_not_found',
        param: 'model',
      });
      expect(await failureOf({ model: 'site', question: 'x'.repeat(8_400_000) })).toMatchObject({
        type: own('APIError'),
        status: 413,
        code: 'request_too_large',
      });
    });
  },
);

describe('models.list of openai', () => {
  it('names what each provider can be asked for, and retrieves every one by its name', async () => {
    const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'k', maxRetries: 0 });
    const ids: string[] = [];
    for await (const { id } of openai.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(['auto', 'site/site', ...kinds.map(toModel)]));
    // Answers carry a model's own name.
    for (const id of ['auto', 'site/site', 'site', ...kinds.flatMap((kind) => [toModel(kind), models[kind]])])
      expect(await openai.models.retrieve(id)).toMatchObject({ id, object: 'model' });
  });
});

it('passes no header of the caller and no key of another provider on', () => {
  const text = JSON.stringify(vendors.calls.map(({ headers }) => headers));
  expect(vendors.calls.length).toBeGreaterThan(100);
  expect(text).not.toMatch(/x-stainless|langchain|ai-sdk|Bearer k"/i);
});
