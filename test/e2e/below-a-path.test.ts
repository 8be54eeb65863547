import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { openWatchedPage } from '../support/watch-page.js';

let server: RunningServer;
let browser: Browser;
let proxy: Server;
let url: string;

/** Does what `location /chat/ { proxy_pass http://…/; }` of nginx does. */
beforeAll(async () => {
  proxy = createServer((incoming, outgoing) => {
    const path = /^\/chat(\/.*)$/.exec(incoming.url ?? '')?.[1];
    if (path === undefined) return outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const onward = request(server.url + path, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    return incoming.pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/chat`;
  [server, browser] = await Promise.all([startServer({ PUBLIC_URL: url }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  proxy?.close();
  await server?.stop();
});

it('has its looks and its chat below a path of another site, and one conversation on all its pages', async () => {
  const { page, troubles } = await openWatchedPage(await browser.newContext());
  const statuses = new Map<string, number>();
  page.on('response', (response) => statuses.set(response.url(), response.status()));
  await page.goto(`${url}/`);
  await page.getByRole('button', { name: /chat/i }).click();
  await page.getByRole('textbox').fill('Which browsers are supported?');
  await page.keyboard.press('Enter');
  const cited = page.locator('nova-chat a[href*="/chat/docs/faq"]').first();
  await cited.waitFor();
  await page.goto((await cited.getAttribute('href')) ?? '');
  await page.locator('nova-chat').getByText('Which browsers are supported?').first().waitFor();
  expect(await page.locator('.docs').evaluate((element) => getComputedStyle(element).display)).toBe('grid');
  await page.getByRole('textbox').fill('Do I need an API key?');
  await page.keyboard.press('Enter');
  await page.locator('nova-chat a[href*="/chat/docs/"]').nth(1).waitFor();
  await page.goto(`${url}/no/such/page`);
  await page.getByRole('link', { name: 'start', exact: true }).click();
  await page.waitForURL(`${url}/`);
  await page.waitForLoadState('networkidle');
  const failed = [...statuses].filter(([at, status]) => status >= 400 && !at.endsWith('/no/such/page'));
  expect(failed).toEqual([]);
  expect(troubles.violations).toEqual([]);
  await page.context().close();
});
