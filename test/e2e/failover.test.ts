import { createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/start-scripted-upstream.js';
import { startServer } from '../support/start-server.js';

let browser: Browser;
let upstream: ScriptedUpstream;
beforeAll(async () => {
  [browser, upstream] = await Promise.all([launchChromium(), startScriptedUpstream()]);
});
afterAll(async () => {
  await browser?.close();
  await upstream?.stop();
});

describe('with openai before site', () => {
  it.each([
    ['down at start', async () => `http://127.0.0.1:${await closedPort()}/v1`],
    ['cut before its first token', async () => upstream.url('cut-first')],
    ['overloaded', async () => upstream.url('overloaded')],
    ['an HTML page', async () => upstream.url('html-page')],
  ])('a provider that is %s falls over to site, and the visitor sees the answer', async (_, baseUrl) => {
    const server = await startServer({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: await baseUrl() });
    const context = await browser.newContext();
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('button', { name: /chat/i }).click();
    await page.getByRole('textbox').fill('Which browsers are supported?');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Safari/)
      .first()
      .waitFor();
    expect(await page.locator('nova-chat').getByRole('alert').count()).toBe(0);
    await context.close();
    expect(await server.stop()).toBe(0);
  });

  it('says which provider served', async () => {
    const server = await startServer({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: upstream.url('overloaded') });
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Which browsers are supported?' }] }),
    });
    expect(await response.json()).toMatchObject({ nova: { provider: 'site' } });
    await server.stop();
  });
});

/** A port that nothing listens on. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 9));
    });
  });
}
