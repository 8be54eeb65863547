import { describe, expect, it } from 'vitest';
import { toDocument } from '../content/to-document.js';
import { createPageLibrary } from '../pages/page-library.js';
import { createTestApp } from '../testing/create-test-app.js';

const page = toDocument({ path: 'a.md', format: 'markdown', text: '# A page\n\nText.', baseUrl: '/docs/' });
const pages = createPageLibrary({ content: { documents: page ? [page] : [] }, siteName: 'Shop' });
const { app, lines } = createTestApp({ pages });
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('an address that leads nowhere', () => {
  it.each(['/docs/nope', '/nope', '/docs/%00', '/docs/<script>'])('is a page for a browser: %s', async (path) => {
    const response = await app.request(path, { headers: browser });
    const html = await response.text();
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('vary')).toMatch(/\bAccept\b/);
    expect(html).toContain('There is no such page');
    expect(html).toContain('href="/docs/a"');
    expect(html).not.toContain('nope');
    expect(lines().at(-1)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    ['/docs/nope', {}, 'GET'],
    ['/nope', { accept: '*/*' }, 'GET'],
    ['/v1/nope', browser, 'GET'],
    ['/v1/models/nope', browser, 'GET'],
    ['/nope', browser, 'POST'],
  ])('is an error as JSON for a program: %s with %o and %s', async (path, headers, method) => {
    const response = await app.request(path, { method, headers: headers as Record<string, string> });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it.each([
    ['POST', '/chat/completions', 'chat/completions'],
    ['POST', '/v1//chat/completions', 'chat/completions'],
    ['POST', '//v1/chat/completions', 'chat/completions'],
    ['POST', '/v1/chat/completions/', 'chat/completions'],
    ['POST', '/v1/chat/completions/chat/completions', 'chat/completions'],
    ['GET', '/models', 'models'],
    ['GET', '/v1/models/', 'models'],
    ['GET', '/v1//models/open%2Fgpt', 'models'],
  ])('that comes of a wrong base URL says how it ends: %s %s', async (method, path, end) => {
    const response = await app.request(`http://nova.test${path}`, { method });
    expect(response.status).toBe(404);
    const message = `Unknown address: ${method} ${path}. Perhaps /v1/${end} is meant: a client's base URL ends in /v1, without a slash.`;
    expect(await response.json()).toMatchObject({ error: { code: 'not_found', message } });
  });

  it.each([
    ['POST', '/v1/v1/chat/completions', 'chat/completions'],
    ['GET', '/v1//v1/models', 'models'],
  ])('that holds /v1 twice says whose base URL ends without it: %s %s', async (method, path, end) => {
    const response = await app.request(`http://nova.test${path}`, { method });
    const message = `Unknown address: ${method} ${path}. Perhaps /v1/${end} is meant: /v1 is there twice, and the base URL of a client of Nova Chat ends without it.`;
    expect(await response.json()).toMatchObject({ error: { code: 'not_found', message } });
  });

  it.each(['/v1/responses', '/responses', '/v1/embeddings', '/v1/completions', '/v1/audio/speech', '/v1/files'])(
    'says which part of the API there is: %s',
    async (path) => {
      const response = await app.request(path, { method: 'POST' });
      expect(response.status).toBe(404);
      const message = `Unknown address: POST ${path}. Of the API of OpenAI, this server has /v1/chat/completions and /v1/models only.`;
      expect(await response.json()).toMatchObject({ error: { code: 'not_found', message } });
    },
  );

  it('says no more of an address that is none of the API', async () => {
    const response = await app.request('/docs/chat', { method: 'POST' });
    expect(await response.json()).toMatchObject({ error: { message: 'This address takes GET only.' } });
    for (const path of ['/nope', '/docs/models/x', '/docs/responses']) {
      const other = await app.request(path);
      expect(await other.json()).toMatchObject({ error: { message: `Unknown address: GET ${path}.` } });
    }
  });

  it('is JSON where there are no pages at all', async () => {
    const response = await createTestApp().app.request('/docs/nope', { headers: browser });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/json']);
  });
});
