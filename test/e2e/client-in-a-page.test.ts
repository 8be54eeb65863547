import { createRequire } from 'node:module';
import { build, type Message } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { head, role, settle, text } from '../faults/wire.js';
import { launchChromium } from '../support/chromium.js';
import { type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';

/** A page that asks at once; the server says half an answer and then nothing more. */
const script = `
import { createClient } from '@nova-chat/client';
globalThis.ask = (baseUrl, timeouts, delays = []) => {
  const nova = createClient({ baseUrl, timeouts, retry: { delays } });
  const stream = nova.chat.stream({ messages: [{ role: 'user', content: 'Hello?' }] });
  globalThis.stream = stream;
  globalThis.result = stream.result().then(({ outcome, text, error }) => ({ outcome, text, code: error?.code }));
  globalThis.told = stream.result().then(({ attempts, error }) => [attempts, error?.message]);
};`;

const page = '<!doctype html><script type="module" src="/page.js"></script>';

const file = (type: string, content: string, headers: Record<string, string> = {}): readonly FaultStep[] => [
  head(200, { ...headers, 'content-type': type, 'content-length': String(Buffer.byteLength(content)) }),
  { send: content },
  'end',
];

let server: FaultServer;
let browser: Browser;
let warnings: Message[];

beforeAll(async () => {
  const resolveDir = createRequire(import.meta.url)
    .resolve('@nova-chat/client/package.json')
    .replace(/\/[^/]*$/, '');
  const built = await build({
    stdin: { contents: script, resolveDir },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  });
  warnings = built.warnings;
  const bundle = built.outputFiles[0]?.text ?? '';
  server = await startFaultServer(({ path }) => {
    if (path === '/') return file('text/html', page);
    if (path === '/strict') return file('text/html', page, { 'content-security-policy': "connect-src 'self'" });
    if (path === '/page.js') return file('text/javascript', bundle);
    if (!path.startsWith('/v1/')) return [head(404, { 'content-length': '0' }), 'end'];
    return [head(200), { send: role + text('Hel') }, settle, 'stall'];
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openPage(path = '/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(server.url + path);
  await page.waitForFunction('globalThis.ask !== undefined');
  return page;
}

async function ask(timeouts: Record<string, number>): Promise<{ page: Page; cdp: CDPSession }> {
  const page = await openPage();
  await page.evaluate(`ask(location.origin, ${JSON.stringify(timeouts)})`);
  await page.waitForFunction("globalThis.stream.snapshot.choices[0]?.message.content === 'Hel'");
  return { page, cdp: await page.context().newCDPSession(page) };
}

it('is bundled without a warning', () => {
  expect(warnings).toEqual([]);
});

it('keeps the part of an answer whose network went away (row 42)', async () => {
  const { page } = await ask({ idleMs: 1000 });
  await page.context().setOffline(true);
  const result = (await page.evaluate('globalThis.result')) as Record<string, unknown>;
  expect(result).toMatchObject({ outcome: 'failed', text: 'Hel' });
  expect(['idle_timeout', 'stream_interrupted', 'offline']).toContain(result['code']);
  await page.close();
});

it('notices after a sleep of the tab that the answer had stalled (row 43)', async () => {
  const { page, cdp } = await ask({ idleMs: 1000 });
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  expect(await page.evaluate('globalThis.result')).toEqual({ outcome: 'failed', text: 'Hel', code: 'idle_timeout' });
  await page.close();
});

it('asks nobody and burns no retry while the page is offline (row 41)', async () => {
  const page = await openPage();
  await page.context().setOffline(true);
  const before = server.requests.length;
  await page.evaluate('ask(location.origin, {}, [60_000])');
  expect(await page.evaluate('globalThis.result')).toEqual({ outcome: 'failed', text: '', code: 'offline' });
  expect(await page.evaluate('globalThis.told')).toEqual([1, 'The device is offline.']);
  expect(server.requests).toHaveLength(before);
  await page.close();
});

it.each([
  ['by a server that does not allow it', '/'],
  ['by the policy of the page', '/strict'],
])('gives a hint when an answer of another origin is refused %s (row 48)', async (_, path) => {
  await using other = await startFaultServer(() => [head(200), { send: role + text('Hel') }, 'end']);
  const page = await openPage(path);
  await page.evaluate(`ask('${other.url}', {})`);
  expect(await page.evaluate('globalThis.result')).toEqual({ outcome: 'failed', text: '', code: 'network_or_cors' });
  expect(await page.evaluate('globalThis.told')).toEqual([1, expect.stringMatching(/CORS.*connect-src/)]);
  await page.close();
});

it('has no error where the reader stops in a page, and closes the socket (row 36)', async () => {
  const { page } = await ask({});
  await page.evaluate('globalThis.stream.stop()');
  expect(await page.evaluate('globalThis.result')).toEqual({ outcome: 'aborted', text: 'Hel' });
  await expect.poll(() => server.requests.length > 0 && server.openSockets(), { timeout: 5000 }).toBe(0);
  await page.close();
});
