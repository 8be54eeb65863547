import { describe, expect, it } from 'vitest';
import type { Middleware } from '../../client-options.js';
import { jsonAnswer, openClient, question } from '../../test-support/open-client.js';
import { createScriptedTransport } from '../../testing/create-scripted-transport.js';
import type { Transport, TransportRequest } from '../../transport/transport.js';

describe('middleware', () => {
  it('runs on each attempt, the first outermost, inside the retry', async () => {
    const seen: string[] = [];
    let token = 'old';
    const { nova, requests } = openClient([{ status: 503 }, { status: 401 }, jsonAnswer({ a: 1 })], {
      headers: () => ({ authorization: token }),
      middleware: [
        async (request, next, { attempt }) => {
          seen.push(`outer ${attempt}`);
          const response = await next(request);
          if (response.status !== 401) return response;
          response.cancel();
          token = 'new';
          return next({ ...request, headers: { ...request.headers, authorization: token } });
        },
        async (request, next, { attempt }) => {
          seen.push(`inner ${attempt}`);
          return next(request);
        },
      ],
    });
    expect(await nova.get('/x')).toEqual({ a: 1 });
    expect(seen).toEqual(['outer 1', 'inner 1', 'outer 2', 'inner 2', 'inner 2']);
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual(['old', 'old', 'new']);
  });

  it('is named when one of them gives no response', async () => {
    const failure = { code: 'invalid_option', message: expect.stringContaining('Option middleware must'), attempts: 1 };
    // A `return` that was forgotten.
    const forgetful = (async (request: TransportRequest, next: Transport['send']) => {
      await next(request);
    }) as unknown as Middleware;
    const { nova, requests } = openClient(() => jsonAnswer({ a: 1 }), { middleware: [forgetful] });
    await expect(nova.get('/x')).rejects.toMatchObject(failure);
    expect(requests).toHaveLength(1);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: failure });
  });

  it('has the responses let go of that it asked for and did not hand on', async () => {
    const cancelled: number[] = [];
    const { send } = createScriptedTransport([{ status: 401 }, { status: 401 }, jsonAnswer({ a: 1 })]);
    let sent = 0;
    const transport: Transport = {
      async send(request) {
        const number = ++sent;
        const response = await send(request);
        return { ...response, cancel: () => void cancelled.push(number) };
      },
    };
    const { nova } = openClient([], {
      transport,
      middleware: [
        async (request, next) => ({ ...(await next(request)) }),
        async (request, next) => {
          let response = await next(request);
          while (response.status === 401) response = await next(request);
          return response;
        },
      ],
    });
    expect(await nova.get('/x')).toEqual({ a: 1 });
    expect(cancelled).toEqual([1, 2]);
  });
});
