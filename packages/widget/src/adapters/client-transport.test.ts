import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConversation, lastMessage } from '@nova-chat/client/conversation';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClientTransport, toBaseUrl } from './client-transport.js';

describe('toBaseUrl', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it.each([
    ['', 'https://shop.example'],
    ['/', 'https://shop.example'],
    ['/api', 'https://shop.example/api'],
    ['/api/', 'https://shop.example/api'],
    ['/v1/chat/completions', 'https://shop.example'],
    ['https://chat.example', 'https://chat.example'],
    ['https://chat.example/v1', 'https://chat.example'],
    ['https://chat.example/v1/', 'https://chat.example'],
    ['https://chat.example/nova/v1/chat/completions', 'https://chat.example/nova'],
    ['https://chat.example/v1/chat/completions/', 'https://chat.example'],
    ['//chat.example/v1', 'https://chat.example'],
  ])('%j', (endpoint, expected) => {
    vi.stubGlobal('origin', 'https://shop.example');
    expect(toBaseUrl(endpoint, 'https://shop.example/')).toBe(expected);
  });

  it('is the host of the page without an endpoint, on any page and with any base', () => {
    vi.stubGlobal('origin', 'https://shop.example');
    expect(toBaseUrl('', 'https://shop.example/help/contact.html')).toBe('https://shop.example');
    expect(toBaseUrl('', 'https://elsewhere.example/')).toBe('https://shop.example');
    expect(toBaseUrl('api', 'https://shop.example/help/contact.html')).toBe('https://shop.example/help/api');
  });
});

describe('createClientTransport', () => {
  let server: Server;
  let endpoint: string;
  const silent = { asked: (): void => {}, closed: (): void => {} };
  const busy = { requests: 0 };
  const requests: { body: Record<string, unknown>; site: string | undefined; path: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      if (request.url?.startsWith('/busy')) {
        busy.requests++;
        response.writeHead(429, { 'retry-after': '20', 'content-type': 'application/json' }).end('{}');
        return;
      }
      if (request.url?.startsWith('/silent')) {
        response.on('close', () => silent.closed());
        silent.asked();
        return;
      }
      let body = '';
      for await (const part of request) body += String(part);
      requests.push({
        body: JSON.parse(body),
        site: request.headers['x-site'] as string | undefined,
        path: request.url,
      });
      const chunk = { id: '1', object: 'chat.completion.chunk', created: 1, model: 'm' };
      const toData = (delta: object, finish_reason: string | null): string =>
        `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${toData({ content: 'So.' }, null)}${toData({}, 'stop')}data: [DONE]\n\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`;
    // The base of a page, which Node has not.
    Object.assign(globalThis, { document: { baseURI: endpoint } });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'document');
    server.close();
  });

  it('answers a conversation from a server', async () => {
    let model = '';
    const transport = createClientTransport({ endpoint, model: () => model, headers: { 'x-site': 'shop' } });
    const conversation = createConversation({ transport });
    conversation.send('Why?');
    await expect.poll(() => lastMessage(conversation.getState())).toMatchObject({ text: 'So.', status: 'complete' });
    model = 'large';
    conversation.send('And?');
    await expect.poll(() => requests.length).toBe(2);
    expect(requests).toMatchObject([
      { path: '/v1/chat/completions', site: 'shop', body: { messages: [{ role: 'user', content: 'Why?' }] } },
      { body: { model: 'large' } },
    ]);
    expect(requests[0]?.body).not.toHaveProperty('model');
  });

  it('tells at once how long a busy server wants to be left alone', async () => {
    const conversation = createConversation({
      transport: createClientTransport({ endpoint: new URL('/busy', endpoint).href, model: () => '' }),
    });
    conversation.send('Why?');
    await expect
      .poll(() => lastMessage(conversation.getState()))
      .toMatchObject({ status: 'failed', error: { code: 'rate_limited', retryAfterMs: 20_000 } });
    expect(busy.requests).toBe(1);
  });

  it('closes the request of a question that is stopped before the first byte', async () => {
    const asked = new Promise<void>((resolve) => (silent.asked = resolve));
    const closed = new Promise<void>((resolve) => (silent.closed = resolve));
    const transport = createClientTransport({ endpoint: new URL('/silent', endpoint).href, model: () => '' });
    const conversation = createConversation({ transport });
    conversation.send('Why?');
    await asked;
    expect(await Promise.race([closed, 'still open'])).toBe('still open');
    conversation.stop();
    expect(lastMessage(conversation.getState())?.status).toBe('aborted');
    await closed;
  });
});
