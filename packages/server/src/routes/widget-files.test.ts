import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStaticFiles } from '../http/static-files.js';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';

const code = `export const x = 1;\n${'// long\n'.repeat(500)}`;
let folder: string;
let app: TestApp['app'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-widget-'));
  for (const part of ['09af3c', 'parts']) await mkdir(join(folder, part));
  for (const name of ['embed.js', '09af3c/panel.js', '09af3c/style.css', 'parts/code.js', 'secret.txt']) {
    await writeFile(join(folder, name), code);
  }
  const widgetFiles = await loadStaticFiles(folder);
  app = createTestApp({ widgetFiles, config: { allowedOrigins: ['https://listed.example'] } }).app;
});
afterAll(() => rm(folder, { recursive: true }));

describe('GET /widget/*', () => {
  it.each([
    ['embed.js', 'text/javascript; charset=utf-8', 'public, max-age=300, must-revalidate'],
    ['parts/code.js', 'text/javascript; charset=utf-8', 'public, max-age=300, must-revalidate'],
    ['09af3c/panel.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['09af3c/style.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('serves %s to pages of any origin', async (name, type, caching) => {
    const response = await app.request(`/widget/${name}`, { headers: { origin: 'https://any.example' } });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'cache-control': caching,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
    expect(await response.text()).toBe(code);
  });

  it('sends a file once to a browser that keeps it', async () => {
    const etag = (await app.request('/widget/embed.js')).headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const response = await app.request('/widget/embed.js', { headers: { 'if-none-match': known } });
      expect(response.status).toBe(304);
      expect(response.headers.get('etag')).toBe(etag);
      expect(await response.text()).toBe('');
    }
    const other = await app.request('/widget/embed.js', { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it('compresses for those who take it', async () => {
    const response = await app.request('/widget/embed.js', { headers: { 'accept-encoding': 'br, gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    const unpacked = response.body?.pipeThrough(new DecompressionStream('gzip'));
    expect(await new Response(unpacked ?? null).text()).toBe(code);
  });

  it.each([
    ['gzip;q=0', null],
    ['gzip; q=0.0, br', null],
    ['identity, *;q=0', null],
    ['xgzip', null],
    ['gzip;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['*;q=0, gzip', 'gzip'],
    ['gzip;q=0, *', null],
  ])('takes "%s" at its word', async (accepted, encoding) => {
    const response = await app.request('/widget/embed.js', { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
  });

  it.each(['secret.txt', '', 'parts', 'parts/', '../widget-files.ts', '..%2fembed.js', '%2e%2e/embed.js', 'EMBED.JS'])(
    'has no "%s"',
    async (name) => {
      expect((await app.request(`/widget/${name}`)).status).toBe(404);
    },
  );
});
