import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { afterAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { repositoryRoot } from '../support/start-server.js';

// Inside the repository, so that package names resolve as they do where somebody has installed them.
mkdirSync(join(repositoryRoot, 'artifacts'), { recursive: true });
const folder = mkdtempSync(join(repositoryRoot, 'artifacts/consumer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const html = `<!doctype html>
<html lang="en"><head><title>Shop</title></head>
<body><nova-chat></nova-chat><script type="module" src="./main.js"></script></body></html>`;

it('keeps the element in a page that a bundler built', async () => {
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'main.js'), `import '@nova-chat/widget/define';\n`);
  await build({ root: folder, configFile: false, logLevel: 'error' });
  const site = await preview({ root: folder, configFile: false, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(site.resolvedUrls?.local[0] ?? '');
  await page.getByRole('button', { name: /chat/i }).waitFor();
  expect(await page.evaluate(() => customElements.get('nova-chat') !== undefined)).toBe(true);
  await browser.close();
  await site.close();
});
