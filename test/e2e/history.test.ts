import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { prepareSlowAnswers } from '../support/prepare-slow-answers.js';
import { openWatchedPage, type PageTroubles } from '../support/watch-page.js';

/** Every word is another one, so that a lost or a doubled one shows. */
const words = Array.from({ length: 150 }, (_, index) => `w${index + 1}${index % 10 === 9 ? '.\n\n' : ' '}`);
const answer = words.join('');

const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'",
  "require-trusted-types-for 'script'; trusted-types lit-html",
].join('; ');

const used = prepareSlowAnswers(words, 5);

interface Message {
  text: string;
  status: string;
}

interface Tab {
  page: Page;
  troubles: PageTroubles;
  /** What the conversation says, the answer under way last. */
  messages(): Promise<Message[]>;
  answer(): Promise<string>;
}

/** Opens a page of the server's own host, under a strict policy, with a chat in it. */
async function openTab(attributes = 'data-nova-persist="local" data-nova-open'): Promise<Tab> {
  const { page, troubles } = await openWatchedPage(used.context);
  await page.route('**/page', (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
      body: `<!doctype html><html lang="en"><title>Page</title><body><script async src="/widget/embed.js" ${attributes}></script></body></html>`,
    }),
  );
  await page.goto(`${used.server.url}/page`);
  const messages = (): Promise<Message[]> =>
    page.evaluate(() => {
      const chat = document.querySelector('nova-chat') as unknown as {
        conversation?: { getState(): { messages: Message[]; live?: { message: Message } } };
      } | null;
      const state = chat?.conversation?.getState();
      if (!state) return [];
      const all = state.live ? [...state.messages, state.live.message] : state.messages;
      return all.map(({ text, status }) => ({ text, status }));
    });
  return { page, troubles, messages, answer: async () => (await messages()).at(-1)?.text ?? '' };
}

async function ask({ page }: Tab, question: string): Promise<void> {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
}

const untilSaid = (tab: Tab, text: string): Promise<void> =>
  expect.poll(() => tab.answer(), { timeout: 15_000, interval: 20 }).toContain(text);
const untilDone = (tab: Tab): Promise<void> =>
  expect
    .poll(async () => (await tab.messages()).at(-1)?.status, { timeout: 20_000, interval: 50 })
    .toMatch(/^(?:complete|truncated|failed|aborted)$/);

describe('an answer that is reloaded away', () => {
  it('goes on, twice, without a lost or doubled word', async () => {
    const tab = await openTab();
    used.upstream.pauseAt(40);
    await ask(tab, 'Go on?');
    await untilSaid(tab, 'w31 ');
    for (const next of [71, 101]) {
      const before = await tab.answer();
      await tab.page.reload();
      await expect.poll(() => tab.messages()).toHaveLength(2);
      // What was there is there at once.
      expect((await tab.answer()).length).toBeGreaterThan(before.length - 60);
      used.upstream.pauseAt(next + 9);
      await untilSaid(tab, `w${next} `);
    }
    used.upstream.goOn();
    await untilDone(tab);
    expect(await tab.messages()).toEqual([
      { text: 'Go on?', status: 'complete' },
      { text: answer, status: 'complete' },
    ]);
    const shown = await tab.page.locator('nova-chat .markdown').last().innerText();
    expect(shown.split(/\s+/).filter(Boolean)).toEqual(answer.split(/\s+/).filter(Boolean));
    expect(used.upstream.questions).toEqual(['Go on?']);
    await tab.page.reload();
    await expect.poll(() => tab.answer()).toBe(answer);
    expect(tab.troubles).toEqual({ consoleErrors: [], violations: [] });
  });

  it('goes on when it was reloaded before its first word', async () => {
    const tab = await openTab();
    const asked = tab.page.waitForResponse(/completions/);
    used.upstream.pauseAt(1);
    await ask(tab, 'Go on?');
    await asked;
    await tab.page.reload();
    used.upstream.goOn();
    await untilDone(tab);
    expect(await tab.answer()).toBe(answer);
    expect(used.upstream.questions).toHaveLength(1);
  });

  it.each([
    ['by default', 'data-nova-open'],
    ['that the server keeps', 'data-nova-open data-nova-persist="local"'],
  ])('is asked for again where nothing of it had come: one %s', async (_name, attributes) => {
    const tab = await openTab(attributes);
    used.upstream.pauseAt(0);
    await ask(tab, 'Go on?');
    await expect.poll(() => used.upstream.questions).toHaveLength(1);
    await expect
      .poll(() => tab.page.evaluate(() => Object.values({ ...sessionStorage, ...localStorage }).join('')))
      .toContain('Go on?');
    await tab.page.reload();
    await expect.poll(() => used.upstream.questions).toEqual(['Go on?', 'Go on?']);
    used.upstream.goOn();
    await untilDone(tab);
    expect(await tab.messages()).toEqual([
      { text: 'Go on?', status: 'complete' },
      { text: answer, status: 'complete' },
    ]);
  });

  it('stays as far as it came when the server has it no more, and can be asked for again', async () => {
    const tab = await openTab();
    used.upstream.pauseAt(40);
    await ask(tab, 'Go on?');
    await untilSaid(tab, 'w31 ');
    await tab.page.route('**/v1/chat/streams/**', (route) =>
      route.fulfill({ status: 404, json: { error: { message: 'Gone.', type: 'x', code: 'stream_not_found' } } }),
    );
    await tab.page.reload();
    await untilDone(tab);
    const [, partial] = await tab.messages();
    expect(partial?.status).toBe('truncated');
    expect(answer.startsWith(partial?.text ?? '-')).toBe(true);
    expect(partial?.text).toContain('w31 ');
    used.upstream.goOn();
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await untilDone(tab);
    expect(await tab.answer()).toBe(answer);
  });

  it('is kept as far as it came when nobody has asked the server to keep it', async () => {
    const tab = await openTab('data-nova-open');
    await tab.page.getByRole('textbox').waitFor();
    used.upstream.pauseAt(40);
    // What a visitor types is.
    await tab.page.evaluate(() => document.querySelector('nova-chat')?.send('Go on?'));
    await untilSaid(tab, 'w31 ');
    // Only an answer that takes long is kept before its end.
    await tab.page.waitForTimeout(600);
    used.upstream.pauseAt(90);
    await untilSaid(tab, 'w81 ');
    await expect.poll(() => tab.page.evaluate(() => Object.values({ ...sessionStorage }).join(''))).toContain('w81 ');
    await tab.page.reload();
    await untilDone(tab);
    const [question, partial] = await tab.messages();
    expect(question?.text).toBe('Go on?');
    expect(partial?.text).toContain('w81 ');
    expect(partial?.status).toBe('truncated');
  });

  it.each<[string, string, (page: Page) => Locator]>([
    ['a typed question', '', (page) => page.getByRole('textbox')],
    ['a starter', `data-nova-starters='["Go on?"]'`, (page) => page.getByRole('button', { name: 'Go on?' })],
  ])('goes on by default too: one to %s', async (_name, attributes, find) => {
    const tab = await openTab(`data-nova-open ${attributes}`);
    used.upstream.pauseAt(40);
    const loading = tab.page.waitForResponse(/\/history\.js$/);
    await find(tab.page).hover();
    // What keeps answers is loaded as soon as a visitor comes to the chat; the chat was first to ask for it.
    const history = (await loading).url();
    await tab.page.evaluate(`import(${JSON.stringify(history)}).then(() => {})`);
    if (attributes) await find(tab.page).click();
    else await ask(tab, 'Go on?');
    await untilSaid(tab, 'w31 ');
    await tab.page.reload();
    used.upstream.goOn();
    await untilDone(tab);
    expect(await tab.answer()).toBe(answer);
  });

  it('waits for the visitor to agree when the words of the consent are others now', async () => {
    const first = await openTab('data-nova-persist="local" data-nova-open data-nova-consent="Old words"');
    await first.page.getByRole('button', { name: 'Agree' }).click();
    used.upstream.pauseAt(40);
    await ask(first, 'Go on?');
    await untilSaid(first, 'w31 ');
    await first.page.close();
    const requests: string[] = [];
    used.context.on('request', (request) => requests.push(request.url()));
    const tab = await openTab('data-nova-persist="local" data-nova-open data-nova-consent="New words"');
    await untilSaid(tab, 'w31 ');
    used.upstream.goOn();
    await tab.page.getByText('New words').waitFor();
    // Nobody knows how long it takes until nothing happens.
    await tab.page.waitForTimeout(500);
    expect(requests.filter((url) => url.includes('/v1/'))).toEqual([]);
    expect(await tab.answer()).not.toContain('w41 ');
    await tab.page.getByRole('button', { name: 'Agree' }).click();
    await untilDone(tab);
    expect(await tab.answer()).toBe(answer);
    expect(used.upstream.questions).toEqual(['Go on?']);
  });

  it('is ended on the server when the visitor stops it after the reload', async () => {
    const tab = await openTab();
    used.upstream.pauseAt(50);
    await ask(tab, 'Go on?');
    await untilSaid(tab, 'w31 ');
    await tab.page.reload();
    await untilSaid(tab, 'w41 ');
    const removed = tab.page.waitForResponse((response) => response.request().method() === 'DELETE');
    await tab.page.getByRole('button', { name: 'Stop' }).click();
    expect((await removed).status()).toBe(204);
    await tab.page.reload();
    await expect.poll(async () => (await tab.messages()).at(-1)?.status).toBe('aborted');
  });
});

describe('a question that is not sent yet', () => {
  /** Writes before there is a conversation, and leaves; gives what the browser keeps of it. */
  const writeAndReload = async ({ page }: Tab): Promise<string[]> => {
    await page.getByRole('button', { name: 'Chat', exact: true }).click();
    await page.getByRole('textbox').fill('Before the first question');
    await page.reload();
    return page.evaluate(() => Object.values({ ...sessionStorage, ...localStorage }) as string[]);
  };

  it('is not kept before the first question where the page does not say that it is', async () => {
    expect(await writeAndReload(await openTab(''))).toEqual([]);
  });

  it('is there again after a reload, and goes with the visitor', async () => {
    const tab = await openTab('data-nova-persist="local"');
    const { page } = tab;
    const input = page.getByRole('textbox');
    // What keeps it may still be on its way.
    await expect.poll(() => writeAndReload(tab), { timeout: 15_000 }).toEqual(['Before the first question']);
    await page.getByRole('button', { name: 'Chat', exact: true }).click();
    await expect.poll(() => input.inputValue(), { timeout: 15_000 }).toBe('Before the first question');
    used.upstream.pauseAt(9);
    await ask(tab, 'Go on?');
    await untilSaid(tab, 'w2 ');
    await input.fill('And what about\nthis?');
    await page.reload();
    await expect.poll(() => input.inputValue(), { timeout: 15_000 }).toBe('And what about\nthis?');
    await page.evaluate(() => (window as unknown as { nova(name: string): Promise<unknown> }).nova('shutdown'));
    await page.reload();
    expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
    expect(tab.troubles).toEqual({ consoleErrors: [], violations: [] });
  });
});

describe('a connection that lost the part which keeps conversations', () => {
  it('costs nothing of what is said meanwhile', async () => {
    const tab = await openTab('data-nova-open');
    await tab.page.route('**/history.js', (route) => route.abort());
    await ask(tab, 'First?');
    await untilDone(tab);
    await tab.page.unroute('**/history.js');
    const kept = (): Promise<string> => tab.page.evaluate(() => Object.values({ ...sessionStorage }).join(''));
    // It is asked for again when something happens, after a while.
    await expect
      .poll(async () => {
        await tab.page.evaluate(() => document.querySelector<Element & { refresh(): void }>('nova-chat')?.refresh());
        return kept();
      })
      .toContain('w150');
    await tab.page.reload();
    await expect.poll(() => tab.answer()).toBe(answer);
  });
});

describe('two tabs', () => {
  it('show the same answer while one of them streams it', async () => {
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(30);
    await ask(one, 'Go on?');
    await untilSaid(other, 'w21 ');
    expect((await other.messages())[0]).toEqual({ text: 'Go on?', status: 'complete' });
    // Nobody can ask in between: the button stops.
    await other.page.getByRole('button', { name: 'Stop' }).waitFor();
    used.upstream.goOn();
    await Promise.all([untilDone(one), untilDone(other)]);
    expect(await other.messages()).toEqual(await one.messages());
    expect(await other.answer()).toBe(answer);
    expect(used.upstream.questions).toEqual(['Go on?']);
    await ask(other, 'And now?');
    await expect.poll(() => one.messages()).toHaveLength(4);
    expect((await one.messages())[2]?.text).toBe('And now?');
    await untilSaid(one, 'w11 ');
  });

  it('go on when the one that streams is closed', async () => {
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(30);
    await ask(one, 'Go on?');
    await untilSaid(other, 'w21 ');
    await one.page.close();
    used.upstream.goOn();
    await untilDone(other);
    expect(await other.messages()).toEqual([
      { text: 'Go on?', status: 'complete' },
      { text: answer, status: 'complete' },
    ]);
    expect(used.upstream.questions).toHaveLength(1);
    expect(other.troubles).toEqual({ consoleErrors: [], violations: [] });
  });

  it('go on when the one that streams is reloaded', async () => {
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(30);
    await ask(one, 'Go on?');
    await untilSaid(other, 'w21 ');
    await one.page.reload();
    used.upstream.goOn();
    await Promise.all([untilDone(one), untilDone(other)]);
    expect(await one.answer()).toBe(answer);
    expect(await other.answer()).toBe(answer);
    expect(used.upstream.questions).toHaveLength(1);
  });

  it('can both stop it', async () => {
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(30);
    await ask(one, 'Go on?');
    await untilSaid(other, 'w21 ');
    await other.page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(async () => (await one.messages()).at(-1)?.status).toBe('aborted');
    expect((await one.answer()).length).toBeLessThan(answer.length);
  });

  it('lose nothing when both ask at the same moment', async () => {
    const [one, other] = [await openTab(), await openTab()];
    await ask(one, 'First?');
    await untilDone(one);
    await untilDone(other);
    await Promise.all([ask(one, 'From one?'), ask(other, 'From the other?')]);
    await Promise.all([untilDone(one), untilDone(other)]);
    // Each became a question, in one conversation or two, unless its tab saw the other one in time: then it waits.
    const drafts = await Promise.all([one, other].map(({ page }) => page.getByRole('textbox').inputValue()));
    const kept = await one.page.evaluate(() => Object.values({ ...localStorage }).join('\n'));
    for (const question of ['From one?', 'From the other?']) {
      expect(used.upstream.questions.filter((asked) => asked === question).length).toBe(
        drafts.includes(question) ? 0 : 1,
      );
      if (!drafts.includes(question)) expect(kept).toContain(question);
    }
    expect(used.upstream.questions.length).toBeGreaterThan(1);
  });

  it('ask once what one of them asked while there was no connection', async () => {
    const [one, other] = [await openTab(), await openTab()];
    await ask(one, 'First?');
    await Promise.all([untilDone(one), untilDone(other)]);
    await used.context.setOffline(true);
    await ask(one, 'Go on?');
    await one.page.getByText('Your question is sent once you are back').first().waitFor();
    // It is not the other one that sends it.
    await other.page.getByText('The assistant could not be reached').first().waitFor();
    await used.context.setOffline(false);
    await untilDone(one);
    const said = ['First?', answer, 'Go on?', answer].map((text) => ({ text, status: 'complete' }));
    await expect.poll(() => one.messages(), { timeout: 10_000 }).toEqual(said);
    await expect.poll(() => other.messages(), { timeout: 10_000 }).toEqual(said);
    expect(used.upstream.questions).toEqual(['First?', 'Go on?']);
  });

  const keepTabsApart = (): Promise<unknown> =>
    used.context.addInitScript(() => {
      Reflect.deleteProperty(window, 'BroadcastChannel');
      Reflect.deleteProperty(Navigator.prototype, 'locks');
    });

  it('leave the answer of another one alone where tabs cannot talk', async () => {
    await keepTabsApart();
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(0);
    await ask(one, 'Go on?');
    await expect.poll(() => used.upstream.questions).toHaveLength(1);
    // Whoever comes now finds it stored, as whoever was there does.
    const late = await openTab();
    await late.page.getByRole('button', { name: 'Conversations' }).waitFor();
    await other.page.getByRole('button', { name: 'Conversations' }).waitFor();
    expect([await other.messages(), await late.messages()]).toEqual([[], []]);
    used.upstream.goOn();
    await untilDone(one);
    expect(await one.answer()).toBe(answer);
    expect(used.upstream.questions).toHaveLength(1);
    await late.page.reload();
    await late.page.getByRole('button', { name: 'Conversations' }).click();
    await late.page.getByRole('button', { name: /^Go on\?/ }).click();
    await expect.poll(() => late.answer()).toBe(answer);
  });

  it('each work alone where tabs cannot talk', async () => {
    await keepTabsApart();
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(40);
    await ask(one, 'Go on?');
    await untilSaid(one, 'w31 ');
    await ask(other, 'And here?');
    await one.page.reload();
    used.upstream.goOn();
    await Promise.all([untilDone(one), untilDone(other)]);
    expect(await other.answer()).toBe(answer);
    expect(await one.answer()).toBe(answer);
  });

  it('forget together', async () => {
    const [one, other] = [await openTab(), await openTab()];
    used.upstream.pauseAt(30);
    await ask(one, 'Go on?');
    await untilSaid(other, 'w21 ');
    await other.page.getByRole('button', { name: 'Conversations' }).click();
    await other.page.getByRole('button', { name: 'Delete all' }).click();
    await other.page.getByRole('button', { name: 'Delete all' }).last().click();
    await expect.poll(() => one.messages()).toEqual([]);
    await one.page.waitForTimeout(1500);
    expect(await one.page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
  });
});

describe('the frame of a page that may store nothing', () => {
  it('has a chat that works', async () => {
    const { page } = await openWatchedPage(used.context);
    await page.route('**/outer', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>Outer</title><iframe src="/page" sandbox="allow-scripts" width="600" height="700"></iframe>',
      }),
    );
    await page.route('**/page', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><html lang="en"><title>Page</title><body><script async src="/widget/embed.js" data-nova-persist="local" data-nova-open></script></body></html>',
      }),
    );
    // An opaque origin is another origin to everything.
    await page.route(/\/(?:widget|v1)\//, async (route) => {
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
    await page.goto(`${used.server.url}/outer`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('textbox').fill('Works?');
    await frame.getByRole('textbox').press('Enter');
    await frame.getByText('w150.').first().waitFor({ timeout: 20_000 });
    await frame.getByRole('button', { name: 'Conversations' }).click();
    await frame.getByRole('button', { name: /^Works\?/ }).waitFor();
  });
});
