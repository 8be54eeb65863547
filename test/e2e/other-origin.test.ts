import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareSlowAnswers } from '../support/prepare-slow-answers.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { openWatchedPage } from '../support/watch-page.js';

/** Every word is another one, so that a lost or a doubled one shows. */
const words = Array.from({ length: 60 }, (_, index) => `w${index + 1} `);
const answer = words.join('');

let site: WidgetSite;
/** Of the pages: the same machine, another origin than that of the server. */
let origin = '';

beforeAll(async () => {
  site = await startWidgetSite();
  origin = site.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => site?.[Symbol.asyncDispose]());
const used = prepareSlowAnswers(words, 2, () => ({ ALLOWED_ORIGINS: origin }));

async function open(script: string): Promise<{ page: Page; asked: Request[] }> {
  const { page } = await openWatchedPage(used.context);
  const asked: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request);
  });
  site.pages.set('/page', {
    body: `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Page</title><body><script async src="${script}" data-nova-endpoint="${used.server.url}" data-nova-open></script></body></html>`,
  });
  await page.goto(`${origin}/page`);
  return { page, asked };
}

const lastAnswer = (page: Page): Promise<{ text: string; status: string } | undefined> =>
  page.evaluate(() => {
    type Message = { text: string; status: string };
    const chat = document.querySelector('nova-chat') as unknown as {
      conversation?: { getState(): { messages: Message[]; live?: { message: Message } } };
    } | null;
    const state = chat?.conversation?.getState();
    const last = state?.live?.message ?? state?.messages.at(-1);
    return last && { text: last.text, status: last.status };
  });
const untilDone = (page: Page): Promise<void> =>
  expect.poll(() => lastAnswer(page), { timeout: 15_000 }).toEqual({ text: answer, status: 'complete' });

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  await page.getByText(question, { exact: true }).first().waitFor();
}

/** As by a visitor who types for long enough: what keeps answers is loaded meanwhile, and the chat was first to ask for it. */
async function askFirst(page: Page, question: string): Promise<void> {
  const loading = page.waitForResponse(/\/history\.js$/);
  await page.getByRole('textbox').fill(question);
  const history = (await loading).url();
  await page.evaluate(`import(${JSON.stringify(history)}).then(() => {})`);
  await ask(page, question);
}

/** Reloads the page while the answer is under way. */
async function reloadWithin(page: Page): Promise<void> {
  await expect.poll(async () => (await lastAnswer(page))?.text, { timeout: 15_000 }).toContain('w31 ');
  await page.reload();
  used.upstream.goOn();
  await untilDone(page);
}

const resumes = (asked: Request[]): Promise<(string | null)[]> =>
  Promise.all(asked.map((request) => request.headerValue('nova-resume')));

it('is asked to keep the first answer too when the chat has come from it', async () => {
  const { page, asked } = await open(`${used.server.url}/widget/embed.js`);
  used.upstream.pauseAt(40);
  await askFirst(page, 'First?');
  await reloadWithin(page);
  expect(await resumes(asked)).toEqual(['120']);
  expect(used.upstream.questions).toEqual(['First?']);
});

it('is asked to keep answers once it has shown that it can, on the next page too', async () => {
  const { page, asked } = await open('/widget/embed.js');
  // The first answer shows that the server names its answers.
  await askFirst(page, 'First?');
  await untilDone(page);
  for (const question of ['Second?', 'Third?']) {
    used.upstream.pauseAt(40);
    await ask(page, question);
    await reloadWithin(page);
  }
  expect(await resumes(asked)).toEqual([null, '120', '120']);
  expect(used.upstream.questions).toEqual(['First?', 'Second?', 'Third?']);
});
