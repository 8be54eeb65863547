import { createPool } from '@nova-chat/client/node';
import { afterAll, describe, expect, it } from 'vitest';
import { answerWith, startUpstream } from '../../testing/start-upstream.js';
import { amplyTimed } from '../shared/testing/amply-timed.js';
import { collectAnswer } from '../shared/testing/collect-answer.js';
import { readFixture } from '../shared/testing/vendor-cases.js';
import { createGeminiProvider } from './gemini-provider.js';

const pool = createPool();
afterAll(() => pool.close());

describe('createGeminiProvider', () => {
  it.each([
    ['', 'gemini-3-flash', '/v1beta/models/gemini-3-flash'],
    ['/v1beta', 'gemini-3-flash', '/v1beta/models/gemini-3-flash'],
    ['/proxy/v1', 'tunedModels/my one', '/proxy/v1/tunedModels/my%20one'],
    ['', 'models/a?key=b', '/v1beta/models/a%3Fkey%3Db'],
  ])('asks at the address of base "%s" and model %s', async (base, model, path) => {
    const body = readFixture('gemini', 'text.sse');
    const upstream = await startUpstream(answerWith(200, body, { 'content-type': 'text/event-stream' }));
    const provider = createGeminiProvider({
      baseUrl: upstream.url + base,
      apiKey: 'k',
      models: [model],
      pool,
      timeouts: amplyTimed,
    });
    const request = { messages: [{ role: 'user' as const, content: 'Hi' }] };
    const call = { model, signal: new AbortController().signal, requestId: 'r' };
    await collectAnswer(provider.stream(request, call));
    await provider.complete(request, call).catch(() => 'an event stream is no whole answer');
    expect(upstream.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${path}:streamGenerateContent?alt=sse`,
      `POST ${path}:generateContent`,
    ]);
    await upstream.stop();
  });
});
