import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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

describe('examples/node-stream', () => {
  it('prints a streamed answer and its outcome', async () => {
    const child = start('node-stream', 'index.js', 'Which browsers are supported?');
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(output).toMatch(/Safari/);
    expect(output.trimEnd().endsWith('(complete)')).toBe(true);
    expect(code).toBe(0);
  });
});

describe('examples/script-tag', () => {
  it('answers on a page of another origin', async () => {
    const child = start('script-tag', 'serve.js');
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const browser = await launchChromium();
    const { page, troubles } = await openWatchedPage(await browser.newContext());
    await page.goto(String(line).trim());
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

function start(example: string, ...parameters: string[]): ChildProcess {
  const child = spawn(process.execPath, parameters, {
    cwd: join(repositoryRoot, 'examples', example),
    env: { ...process.env, NOVA_URL: server.url, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}
