import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type AnswerStep, type Refusal, startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { openWatchedPage } from '../support/watch-page.js';

const rest =
  "style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const options = {
  attachments: true,
  voice: true,
  math: true,
  persist: 'local',
  consent: 'Questions go to an assistant.',
  heading: 'Help',
  accent: '#0b6e4f',
  starters: ['When do you open?'],
  models: ['small', 'large'],
};

let site: WidgetSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
  site.answer = ({ text, messages }) => (messages.at(-1)?.role === 'tool' ? say('Booked.') : toAnswer(text));
  site.pages.set('/favicon.ico', { type: 'image/png', body: '' });
  site.pages.set('/options.json', { type: 'application/json', body: JSON.stringify(options) });
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

/** A browser's recognition of speech, which a test has none of. */
function installSpeech(): void {
  class Recognition extends EventTarget {
    start(): void {
      const result = Object.assign(new Event('result'), { results: [[{ transcript: 'Spoken' }]] });
      queueMicrotask(() => this.dispatchEvent(result));
    }
    stop(): void {
      this.dispatchEvent(new Event('end'));
    }
    abort(): void {}
  }
  Object.assign(window, { SpeechRecognition: Recognition });
}

/** Opens the chat under a policy; gives what was said against the page until then. */
async function openUnder(policy: string): Promise<{ page: Page; close(): Promise<string[]> }> {
  site.pages.set('/', {
    headers: { 'content-security-policy': policy },
    body: '<!doctype html><html lang="en"><link rel="icon" href="/favicon.ico"><body><script async nonce="n0nce" src="/widget/embed.js" data-nova-config="/options.json"></script>',
  });
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const { page, troubles } = await openWatchedPage(context);
  await page.addInitScript(installSpeech);
  await page.goto(site.url);
  return {
    page,
    async close() {
      // What was reported until now is on its way in front of this.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      await context.close();
      // That a test's server refuses something is what the browser says of it, and no fault of the page.
      const errors = troubles.consoleErrors.filter((text) => !text.startsWith('Failed to load resource'));
      return [...errors, ...troubles.violations];
    },
  };
}

it('stays within a policy with Trusted Types, whatever a visitor does', async () => {
  const { page, close } = await openUnder(`default-src 'none'; script-src 'self'; ${rest}`);
  await openAndAgree(page);
  await workWithAnAnswer(page);
  await attach(page);
  await useTools(page);
  await stopAndFail(page);
  await keepHistory(page);
  await changeLooks(page);
  expect(await close()).toEqual([]);
});

it('stays within a policy that trusts a nonce and what it loads', async () => {
  const { page, close } = await openUnder(`default-src 'none'; script-src 'nonce-n0nce' 'strict-dynamic'; ${rest}`);
  await openAndAgree(page);
  await workWithAnAnswer(page);
  expect(await close()).toEqual([]);
});

it('stays within a policy that trusts a nonce alone', async () => {
  const { page, close } = await openUnder(`default-src 'none'; script-src 'nonce-n0nce'; ${rest}`);
  await openAndAgree(page);
  await workWithAnAnswer(page);
  expect(await close()).toEqual([]);
});

it('would see a breach', async () => {
  const { page, close } = await openUnder(`default-src 'none'; script-src 'self'; ${rest}`);
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  expect(await close()).not.toEqual([]);
});

const chatOf = (page: Page): Locator => page.locator('nova-chat');
const button = (page: Page, name: string): Locator => chatOf(page).getByRole('button', { name, exact: true });

async function ask(page: Page, text: string): Promise<void> {
  await chatOf(page).locator('nova-composer textarea').fill(text);
  await page.keyboard.press('Enter');
}

async function openAndAgree(page: Page): Promise<void> {
  await page.getByRole('button', { name: /chat/i }).click();
  await ask(page, 'Show me all');
  await button(page, 'Agree').click();
  await page.keyboard.press('Enter');
}

async function workWithAnAnswer(page: Page): Promise<void> {
  const chat = chatOf(page);
  await chat.locator('.code-keyword').first().waitFor();
  await chat.getByRole('region', { name: /^Table/ }).waitFor();
  await chat.locator('.formula mfrac').waitFor();
  await button(page, 'Copy').click();
  await chat.locator('.thought').click();
  await chat.getByText('Let me think.').first().waitFor();
  await chat.locator('a.source').first().hover();
  await chat.locator('.preview').waitFor();
  await button(page, 'Copy answer').click();
  await button(page, 'Bad answer').click();
  await chat.getByRole('textbox', { name: /What was wrong/ }).fill('Too long');
  await button(page, 'Send feedback').click();
  await button(page, 'Answer again').click();
  await button(page, 'Previous version').last().click();
  // It is hidden until the pointer or the focus is there.
  await button(page, 'Edit question').last().focus();
  await page.keyboard.press('Enter');
  await chat.getByRole('textbox', { name: 'Edit question' }).fill('Show me all again');
  await page.keyboard.press('Enter');
  await button(page, 'And then?').click();
  await chat.getByText('You asked: And then?').first().waitFor();
  await chat.getByRole('combobox', { name: 'Model' }).selectOption('large');
  await button(page, 'Speak your question').click();
  await expect.poll(() => chat.locator('nova-composer textarea').inputValue()).toBe('Spoken');
  await button(page, 'Speak your question').click();
}

async function attach(page: Page): Promise<void> {
  const chat = chatOf(page);
  const names = chat.locator('.chosen .name');
  await chat.locator('input[type=file]').setInputFiles([
    { name: 'pixel.png', mimeType: 'image/png', buffer: pixel },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes') },
  ]);
  await expect.poll(() => names.count()).toBe(2);
  for (const type of ['paste', 'drop']) {
    await chat.evaluate((element, kind) => {
      const data = new DataTransfer();
      data.items.add(new File(['text'], `${kind}.txt`, { type: 'text/plain' }));
      const init = { bubbles: true, composed: true, cancelable: true };
      element.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data }),
      );
    }, type);
    await chat.locator('.chosen').getByText(`${type}.txt`).waitFor();
  }
  await button(page, 'Remove: paste.txt').click();
  await ask(page, 'What is in these?');
  await chat.locator('.user .attachment canvas').waitFor();
  await chat.locator('.assistant .markdown', { hasText: 'What is in these?' }).waitFor();
}

async function useTools(page: Page): Promise<void> {
  const chat = chatOf(page);
  await chat.evaluate((element) => {
    interface Tool {
      ask(form: object): Promise<unknown>;
      show(card: object): void;
    }
    const fields = [
      { name: 'day', label: 'Day', type: 'date' },
      { name: 'people', label: 'People', type: 'select', options: ['2', '4'] },
      { name: 'note', label: 'Note', type: 'textarea' },
    ];
    const card = { title: 'Your table', facts: [{ label: 'Day', value: 'Monday' }], replies: ['Cancel it'] };
    const run = async (_: unknown, { ask, show }: Tool): Promise<unknown> => {
      const given = await ask({ title: 'A table', fields });
      show({ ...card, text: 'See you.', link: { label: 'Map', href: 'https://map.example/' } });
      return given;
    };
    Object.assign(element, { tools: [{ name: 'book', label: 'Book a table', run }] });
  });
  await ask(page, 'Book a table');
  await button(page, 'Allow').click();
  await chat.getByRole('textbox', { name: 'Note' }).fill('At the window');
  await chat.locator('.tool-step button[type=submit]').click();
  await chat.getByText('Booked.').first().waitFor();
  await button(page, 'Cancel it').click();
  await chat.getByText('You asked: Cancel it').first().waitFor();
}

async function stopAndFail(page: Page): Promise<void> {
  const chat = chatOf(page);
  await ask(page, 'Take your time');
  await chat.getByText('Slowly').first().waitFor();
  await button(page, 'Stop the answer').click();
  await button(page, 'Try again').waitFor();
  await button(page, 'Go on').click();
  await chat.locator('.assistant .markdown', { hasText: /^Slowly You asked: Your answer above was cut off/ }).waitFor();
  await ask(page, 'Refuse me');
  await chat.locator('.notice.bad').waitFor();
  await ask(page, 'Let me wait');
  await chat
    .getByText(/Try again in/)
    .first()
    .waitFor();
  await page.context().setOffline(true);
  await chat.getByText('You can try again now.').first().waitFor({ state: 'attached' });
  await ask(page, 'While offline');
  await chat.locator('.notice.bad').last().waitFor();
  await page.context().setOffline(false);
  await chat.getByText('You asked: While offline').first().waitFor();
}

async function keepHistory(page: Page): Promise<void> {
  const chat = chatOf(page);
  await page.reload();
  await chat.getByText('You asked: While offline').first().waitFor();
  await button(page, 'Conversations').click();
  await chat.getByRole('searchbox').fill('offline');
  await chat.locator('.rows .more').click();
  const saved = page.waitForEvent('download');
  await button(page, 'Save as text').click();
  await saved;
  await button(page, 'Rename').click();
  await chat.getByRole('textbox', { name: 'Title' }).fill('All of it');
  await page.keyboard.press('Enter');
  await chat.getByRole('searchbox').fill('');
  await chat.locator('.rows .more').click();
  await button(page, 'Delete').click();
  await button(page, 'Undo').click();
  await button(page, 'New conversation').click();
  await button(page, 'Conversations').click();
  await button(page, 'Delete all').click();
  await chat.locator('.foot').getByRole('button', { name: 'Delete all' }).click();
}

async function changeLooks(page: Page): Promise<void> {
  const chat = chatOf(page);
  const update = (change: object): Promise<void> =>
    chat.evaluate(async (element, properties) => {
      Object.assign(element, properties);
      await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    }, change);
  for (const mode of ['bubble', 'panel', 'fullscreen', 'inline']) {
    for (const theme of ['light', 'dark']) await update({ mode, theme, open: true, position: 'top-start' });
  }
  for (const locale of ['de', 'ar', 'ja', 'en']) await update({ locale });
  for (const layer of ['top', 'page']) {
    await update({ mode: 'bubble', layer });
    await expect.poll(() => chat.getAttribute('popover')).toBe(layer === 'top' ? 'manual' : null);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(async () => {
    const { nova } = window as unknown as { nova(...parameters: unknown[]): Promise<unknown> };
    await nova('update', { accent: '#800', mode: 'bubble', consent: null, tools: [] });
    await nova('identify', { id: 'u1', name: 'Ada', token: 't' });
    await nova('context', { page: 'Prices' });
    await nova('send', 'Last words');
  });
  await chat.getByText('You asked: Last words').first().waitFor();
  const exported = page.evaluate(() =>
    (window as unknown as { nova(...names: string[]): unknown }).nova('export', 'md'),
  );
  expect(await exported).toContain('Last words');
  await page.evaluate(() => (window as unknown as { nova(name: string): Promise<unknown> }).nova('shutdown'));
  await chat.waitFor({ state: 'detached' });
}

const say = (text: string): AnswerStep[] => [{ delta: { content: text } }];

function toAnswer(text: string): readonly AnswerStep[] | Refusal {
  if (text.startsWith('Show me all')) return toFullAnswer();
  if (text === 'Book a table') {
    const call = { index: 0, id: 'call_1', function: { name: 'book', arguments: '{"day":"Monday"}' } };
    return [{ delta: { tool_calls: [call] } }, { finish: 'tool_calls' }];
  }
  if (text === 'Take your time') return [...say('Slowly '), { waitMs: 20_000 }, ...say('over.')];
  if (text === 'Refuse me') return { status: 400, body: '{"error":{"message":"No.","type":"invalid_request_error"}}' };
  if (text === 'Let me wait') {
    const body = '{"error":{"message":"Slow down.","type":"rate_limit_error","code":"rate_limit_exceeded"}}';
    return { status: 429, headers: { 'retry-after': '4' }, body };
  }
  return say(`You asked: ${text}`);
}

function toFullAnswer(): AnswerStep[] {
  const source = {
    url: 'https://docs.example/a',
    title: 'The manual',
    content: 'As it says.',
    start_index: 0,
    end_index: 4,
  };
  const words = [
    '# All\n\n- one\n- [x] two\n\n',
    '| a | b |\n|---|:-:|\n| 1 | **2** |\n\n',
    '```ts\nconst all: string = "x";\n```\n\n',
    'So $$\\pmb{x} = \\frac{\\fcolorbox{red}{blue}{a}}{2}$$ and $y$.\n\n',
    '> A quote with [a link](https://ok.example) and ![an image](https://img.example/i.png).\n\n1. And so on.\n',
  ];
  return [
    { delta: { reasoning_content: 'Let me think.' } },
    ...words.flatMap((content): AnswerStep[] => [{ delta: { content } }, { waitMs: 30 }]),
    { delta: { annotations: [{ type: 'url_citation', url_citation: source }] } },
    { members: { nova: { suggestions: ['And then?'], switched: { from: 'a', to: 'b', reason: 'stall' } } } },
  ];
}
