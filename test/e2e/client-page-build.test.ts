import * as whole from '@nova-chat/client';
import { describe, expect, it } from 'vitest';

/** What a bundler for browsers takes in the place of the build for all. */
const forPages: typeof whole = await import(
  new URL('../../packages/client/dist/browser/index.js', import.meta.url).href
);

const answer = 'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
const question = { messages: [{ role: 'user' as const, content: 'hi' }] };

describe('the build of the client for pages', () => {
  it('has all names of the other build', () => {
    expect(forPages).not.toBe(whole);
    expect(Object.keys(forPages).sort()).toEqual(Object.keys(whole).sort());
  });

  it('makes errors that the other build knows', () => {
    expect(whole.isNovaError(new forPages.NovaError({ code: 'aborted', message: '' }))).toBe(true);
  });

  it('asks again after a network error, whatever its words', async () => {
    let asked = 0;
    const fetch = async (): Promise<Response> => {
      if (asked++ < 2) throw new TypeError('Failed to fetch');
      return new Response(answer, { headers: { 'content-type': 'text/event-stream' } });
    };
    const retry = { delays: [0, 0] };
    const nova = forPages.createClient({ baseUrl: 'http://nova.test', fetch, retry });
    expect(await nova.chat.stream(question).result()).toMatchObject({
      outcome: 'complete',
      text: 'Hello',
      attempts: 3,
    });
    await expect(
      forPages
        .createClient({ baseUrl: 'http://nova.test', fetch: () => Promise.reject(new TypeError('no')), retry })
        .get('/x'),
    ).rejects.toMatchObject({ code: 'network_or_cors', attempts: 3, cause: expect.any(TypeError) });
  });

  it("says what a transport of one's own threw, and that a body broke", async () => {
    const cause = new Error('no');
    const fails = forPages.createClient({
      baseUrl: 'http://nova.test',
      transport: { send: () => Promise.reject(cause) },
      retry: { delays: [] },
    });
    await expect(fails.get('/x')).rejects.toMatchObject({ code: 'connection_error', retryable: true, cause });
    const body = new ReadableStream({ start: (controller) => controller.error(cause) });
    const fetch = async (): Promise<Response> =>
      new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    const breaks = forPages.createClient({ baseUrl: 'http://nova.test', fetch, retry: { delays: [] } });
    const result = await breaks.chat.stream(question).result();
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'stream_interrupted', cause } });
  });
});
