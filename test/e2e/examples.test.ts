import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type RunningServer, repositoryRoot, startServer } from '../support/start-server.js';
import { openWatchedPage } from '../support/watch-page.js';

let server: RunningServer;
const children: ChildProcess[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  for (const child of children) child.kill();
  await server?.stop();
});

describe('in a terminal', () => {
  it.each([
    ['node-stream', '(complete)'],
    ['openai-client', '(stop)'],
  ])('examples/%s prints a streamed answer and how it ended', async (name, end) => {
    const child = start(name, 'index.js', 'Which browsers are supported?');
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(output).toMatch(/Safari/);
    expect(output.trimEnd().endsWith(end)).toBe(true);
    expect(code).toBe(0);
  });
});

describe('examples/react', () => {
  it('streams into a page of its own', async () => {
    const vite = join(repositoryRoot, 'node_modules/vite/bin/vite.js');
    const child = start('react', vite, '--host', '127.0.0.1', '--port', '0');
    const url = await readAddress(child);
    const browser = await launchChromium();
    const { page, troubles } = await openWatchedPage(await browser.newContext());
    await page.goto(`${url}?server=${server.url}`);
    await page.getByRole('textbox').fill('Which browsers are supported?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .getByText(/Safari/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(troubles).toEqual({ consoleErrors: [], violations: [] });
    await page.route('**/v1/chat/completions', (route) => route.fulfill({ status: 400, json: {} }));
    await page.getByRole('textbox').fill('And now?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('This did not work.').waitFor();
    await page.unroute('**/v1/chat/completions');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByText(/did not work|broke off/).count()).toBe(0);
    await browser.close();
  });
});

describe('examples/script-tag', () => {
  it('answers on a page of another origin', async () => {
    const child = start('script-tag', 'serve.js');
    const url = await readAddress(child);
    const browser = await launchChromium();
    const { page, troubles } = await openWatchedPage(await browser.newContext());
    await page.goto(url);
    await page.getByRole('button', { name: /chat/i }).click();
    await page.getByRole('textbox').fill('Which browsers are supported?');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Safari/)
      .first()
      .waitFor();
    expect(troubles).toEqual({ consoleErrors: [], violations: [] });
    await browser.close();
  });
});

/** Reads up to the address that a server prints. */
async function readAddress({ stdout }: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of stdout ?? []) {
    output += stripVTControlCharacters(String(chunk));
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (address) return address;
  }
  throw new Error(`No address: ${output}`);
}

function start(example: string, ...parameters: string[]): ChildProcess {
  const child = spawn(process.execPath, parameters, {
    cwd: join(repositoryRoot, 'examples', example),
    env: { ...process.env, NOVA_URL: server.url, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}
