// Every entry of the playground's menu, on a phone, into artifacts/screenshots/playground/; and the gallery.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scenarios } from '../../playground/scenarios.js';
import { launchChromium } from '../support/chromium.js';
import { startPlayground } from '../support/start-playground.js';
import { repositoryRoot } from '../support/start-server.js';

const folder = join(repositoryRoot, 'artifacts/screenshots/playground');
mkdirSync(folder, { recursive: true });
const playground = await startPlayground(join(repositoryRoot, 'artifacts/playground'));
const browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 390, height: 600 }, reducedMotion: 'reduce' });

for (const { name, rows = [] } of scenarios) {
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${playground.url}/frame.html?scenario=${name}&start=ask&mode=inline`);
  await page.waitForTimeout(2_500);
  // Retries, silences and what is said of a long wait are seconds away.
  for (let seconds = 0; seconds < 36; seconds += 3) {
    if ((await page.locator('nova-chat .notice').count()) > 0) break;
    await page.clock.fastForward(3_000);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${rows.length > 0 ? `row-${rows.join('-')}-` : ''}${name}.png`) });
  await page.close();
}
const gallery = await context.newPage();
await gallery.setViewportSize({ width: 1280, height: 800 });
await gallery.goto(`${playground.url}/gallery.html`);
await gallery.waitForTimeout(3_000);
await gallery.screenshot({ path: join(folder, 'gallery.png') });
await browser.close();
await playground.stop();
