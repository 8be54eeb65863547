// Every state of the widget on the page of the real server, light and dark, desktop and phone, into artifacts/.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startScriptedUpstream } from '../support/start-scripted-upstream.js';
import { type RunningServer, repositoryRoot, startServer } from '../support/start-server.js';

interface Shot {
  name: string;
  server: RunningServer;
  prepare(page: Page): Promise<unknown>;
}

const folder = join(repositoryRoot, 'artifacts/screenshots');
mkdirSync(folder, { recursive: true });

const upstream = await startScriptedUpstream();
const asUpstream = (scenario: string): Promise<RunningServer> =>
  startServer({ PROVIDER_ORDER: 'openai', OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: upstream.url(scenario) });
const [site, long, stall, down] = await Promise.all([
  startServer(),
  asUpstream('long'),
  asUpstream('stall'),
  asUpstream('overloaded'),
]);
const browser = await launchChromium();

const shots: Shot[] = [
  { name: 'closed', server: site, prepare: (page) => launcher(page).waitFor() },
  { name: 'open', server: site, prepare: open },
  {
    name: 'streaming',
    server: stall,
    prepare: async (page) => {
      await ask(page, 'What is Nova Chat?');
      await page.getByText('answers from').first().waitFor();
    },
  },
  {
    name: 'done',
    server: site,
    prepare: async (page) => {
      await ask(page, 'Which browsers are supported?');
      await page.locator('nova-chat a[href*="faq"]').first().waitFor();
      await page.waitForTimeout(1_000);
    },
  },
  {
    name: 'long',
    server: long,
    prepare: async (page) => {
      await ask(page, 'Show me everything.');
      await page.getByText('That is all there is to see.').first().waitFor();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'error',
    server: down,
    prepare: async (page) => {
      await ask(page, 'Which browsers are supported?');
      await page.getByText('cannot answer').first().waitFor();
    },
  },
];

const looks = [
  { size: 'desktop', viewport: { width: 1280, height: 800 } },
  { size: 'phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
].flatMap((look) => (['light', 'dark'] as const).map((colorScheme) => ({ ...look, colorScheme })));

for (const shot of shots) await Promise.all(looks.map((look) => take(browser, shot, look)));
await browser.close();
await Promise.all([site.stop(), long.stop(), stall.stop(), down.stop(), upstream.stop()]);

async function take(from: Browser, shot: Shot, look: (typeof looks)[number]): Promise<void> {
  const { size, ...options } = look;
  const context = await from.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const path = join(folder, `${shot.name}-${size}-${look.colorScheme}.png`);
  try {
    await page.goto(shot.server.url);
    await shot.prepare(page);
  } catch (error) {
    console.error(`${path}: ${String(error).split('\n', 1)[0]}`);
    process.exitCode = 1;
  }
  await page.screenshot({ path });
  await context.close();
}

function launcher(page: Page): ReturnType<Page['locator']> {
  return page.getByRole('button', { name: /chat/i }).first();
}

async function open(page: Page): Promise<void> {
  await launcher(page).click();
  await page.getByRole('textbox').waitFor();
}

async function ask(page: Page, question: string): Promise<void> {
  await open(page);
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
}
