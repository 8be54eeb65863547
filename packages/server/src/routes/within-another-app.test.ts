import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toDocument } from '../content/to-document.js';
import { toStaticFile } from '../http/static-files.js';
import { createPageLibrary } from '../pages/page-library.js';
import { createTestApp } from '../testing/create-test-app.js';

const text = 'a { color: red }';
const file = await toStaticFile(Buffer.from(text), 'text/css; charset=utf-8');
const page = toDocument({ path: 'guide/a.md', format: 'markdown', text: '# A page\n\nText.', baseUrl: '/chat/docs/' });
const { app } = createTestApp({
  pages: createPageLibrary({ content: { documents: page ? [page] : [] }, siteName: 'Shop' }),
  widgetFiles: new Map([['abcdef/a.css', file]]),
  demoFiles: new Map([
    ['index.html', file],
    ['b.css', file],
  ]),
});

async function listen(listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('an app within another one', () => {
  it.each([
    ['route', new Hono().route('/chat', app)],
    ['mount', new Hono().mount('/chat', app.fetch)],
  ])('has its files and pages below a path, by %s of Hono', async (_, parent) => {
    for (const path of ['/widget/abcdef/a.css', '/demo/b.css', '']) {
      const response = await parent.request(`/chat${path}`);
      expect([path, response.status, await response.text()]).toEqual([path, 200, text]);
    }
    const widget = await parent.request('/chat/widget/abcdef/a.css');
    expect(widget.headers.get('cache-control')).toContain('immutable');
    const html = await (await parent.request('/chat/docs/guide/a')).text();
    expect(html).toContain('<h1 id="a-page">');
    expect(html).toContain('href="../../demo/base.css"');
    expect((await parent.request('/chat/docs/nope', { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  it('says that its body is gone when something before it has read it, as express.json() does', async () => {
    const answer = getRequestListener(app.fetch);
    const url = await listen(async (incoming, outgoing) => {
      await json(incoming);
      await answer(incoming, outgoing);
    });
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'hi' }] }),
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      error: { code: 'server_error', message: expect.stringContaining('express.json()') },
    });
  });
});
