import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../support/attack-chats.js';
import { installChatDriver } from '../support/chat-driver.js';
import { launchChromium } from '../support/chromium.js';
import { hostileTexts } from '../support/hostile-texts.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { type AttackedPage, noToll, openAttackedPage } from '../support/watch-attacks.js';

const texts = hostileTexts.map(({ text }) => text);
/** A browser keeps 50 conversations. */
const textsEach = 6;

let site: WidgetSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
  site.answer = () => [{ delta: { content: 'Still here.' } }];
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

async function openKept(stored: Record<string, string>): Promise<AttackedPage> {
  const attributes = `mode="inline" persist="local" attachments endpoint="${site.url}"`;
  site.pages.set('/', {
    body: `<!doctype html><link rel="icon" href="data:,"><body><nova-chat ${attributes}></nova-chat><script src="/widget/embed.js"></script>`,
  });
  const attacked = await openAttackedPage(browser, site.url, stored);
  await installChatDriver(attacked.page);
  await attacked.page.evaluate(() => {
    const tools = [{ name: 'any', run: () => '' }];
    Object.assign(document.querySelector('nova-chat') as Element, { tools });
  });
  await attacked.page.getByRole('button', { name: 'Conversations' }).click();
  return attacked;
}

describe('a visitor is safe from', () => {
  it('whoever has written into the storage of the site, in every place of a conversation', async () => {
    const groups = Array.from({ length: Math.ceil(texts.length / textsEach) }, (_, index) =>
      texts.slice(index * textsEach, (index + 1) * textsEach),
    );
    const stored = Object.fromEntries(groups.map((group, index) => toEntry(`${group[0]}`, index, group)));
    await using attacked = await openKept(stored);
    const seen = await attacked.page.evaluate(async () => {
      const { driver, touch, findForeignMarkup } = window as unknown as Harness;
      const chat = document.querySelector('nova-chat') as Element;
      const root = chat.shadowRoot as ShadowRoot;
      const markup = new Set<string>();
      const shown: Record<string, number> = {};
      const look = (...selectors: string[]): void => {
        for (const selector of selectors) {
          shown[selector] = (shown[selector] ?? 0) + root.querySelectorAll(selector).length;
        }
        for (const fault of findForeignMarkup()) markup.add(fault);
      };
      const click = async (selector: string, place = 0): Promise<void> => {
        root.querySelectorAll<HTMLElement>(selector)[place]?.click();
        await driver.settle(chat);
      };
      const { length } = root.querySelectorAll('.rows .open');
      for (let place = 0; place < length; place += 1) {
        await click('.rows .more', place);
        if (place < 3) await click('.options .option');
        look('.options, .title-form');
        await click('.rows .open', place);
        for (const thought of root.querySelectorAll<HTMLElement>('.thought[aria-expanded=false]')) thought.click();
        await driver.settle(chat);
        touch(root.querySelector('nova-transcript') as Element);
        look('.user .bubble', '.assistant .markdown', '.thoughts p', '.source', '.attachment', '.tool-step');
        await click('.history-button');
      }
      return { conversations: length, shown, markup: [...markup] };
    });
    const count = texts.length;
    expect(seen).toMatchObject({ conversations: groups.length, markup: [] });
    expect(seen.shown).toMatchObject({
      '.user .bubble': count,
      '.assistant .markdown': count,
      '.tool-step': 2 * count,
    });
    expect(seen.shown['.attachment']).toBeGreaterThanOrEqual(2 * count);
    expect(await attacked.toll()).toEqual(noToll);
  });

  it('values of other types in the place of texts, stored or sent by a server', async () => {
    // What a template of Lit looks like, and what one of its directives does.
    const template = { _$litType$: 1, strings: ['<img src=x onerror=hit(1)>'], values: [] };
    const values = [
      template,
      { ...template, raw: ['<img src=x onerror=hit(1)>'] },
      { _$litDirective$: 'x' },
      [template],
      7,
      null,
    ];
    const stored = Object.fromEntries(values.map((value, index) => toEntry('c', index, [value])));
    await using attacked = await openKept(stored);
    const { page } = attacked;
    const rows = page.locator('nova-chat .rows .open');
    for (let place = 0; place < (await rows.count()); place += 1) {
      await rows.nth(place).click();
      await page.getByRole('button', { name: 'Conversations' }).click();
    }
    await page.getByRole('button', { name: 'New conversation', exact: true }).click();
    for (const [index, value] of values.entries()) {
      const citation = {
        type: 'url_citation',
        url_citation: { url: 'https://ok.example/', title: value, content: value },
      };
      site.answer = () => [
        { delta: { content: 'Still ' } },
        { delta: { content: value, reasoning_content: value, refusal: value, annotations: [citation, value] } },
        { members: { model: value, nova: { suggestions: [value], provider: value, switched: value } } },
        { delta: { content: `here ${index}.` } },
      ];
      await page.evaluate(async (text) => {
        const { driver } = window as unknown as Harness;
        await driver.ask(document.querySelector('nova-chat') as Element, text);
      }, `Question ${index}`);
      await page.locator('nova-chat .assistant .markdown', { hasText: `here ${index}.` }).waitFor();
      await page.locator('nova-chat .user .bubble', { hasText: `Question ${index}` }).waitFor();
    }
    await page.locator('nova-chat .source').last().waitFor();
    expect(await attacked.toll()).toEqual(noToll);
  });
});

/** Gives a conversation as it is stored, with every text in every place that a text can have. */
function toEntry(name: string, number: number, group: readonly unknown[]): [key: string, text: string] {
  const id = `${name}${number}`;
  const createdAt = Date.now() - number * 1000;
  const head = {
    version: 1,
    id,
    title: group[0],
    isNamed: true,
    createdAt,
    updatedAt: createdAt,
    unread: 0,
    isLive: false,
  };
  const tree = group
    .flatMap((text, index) => toMessages(text, index))
    .map((message, index, messages) => ({ message, parentId: messages[index - 1]?.id ?? null, isShown: true }));
  return [`nova-chat|${site.url}||${id}`, `${JSON.stringify(head)}\n${JSON.stringify({ tree })}`];
}

function toMessages(text: unknown, index: number): { id: string }[] {
  const image = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hit(1)"/>';
  const attachments = [
    { type: 'text', name: text, text },
    { type: 'image', name: text, url: 'https://p1.evil.example/i.png' },
    { type: 'image', name: text, url: image },
    { type: 'image', name: text, url: text },
  ];
  const step = { id: `${text}${index}`, name: text, arguments: text, result: text };
  return [
    { role: 'user', status: 'complete', text, attachments },
    {
      role: 'assistant',
      status: ['complete', 'failed', 'truncated', 'aborted'][index % 4],
      text: typeof text === 'string' ? toPlaces(text) : text,
      reasoning: text,
      citations: [
        { url: text, title: text, content: text, start_index: 0, end_index: 1 },
        { url: 'https://ok.example/', title: text, content: text, start_index: text, end_index: text },
      ],
      suggestions: [text],
      toolSteps: [
        { ...step, status: 'asked' },
        { ...step, id: `again ${text}${index}`, status: 'done' },
      ],
      providerSwitch: { from: text, to: text, reason: text },
      finishReason: text,
      error: index % 4 === 1 ? { code: text, message: text, retryable: text } : undefined,
    },
  ].map((message, place) => ({ ...message, id: `${index}-${place}-${text}`, createdAt: Date.now() }));
}

/** Puts a text into all the places that Markdown has for one. */
function toPlaces(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const word = line.replaceAll(' ', '');
  return [
    `# ${line}`,
    `- ${line}`,
    `> ${line}`,
    `| ${line} | b |\n|---|---|\n| a | ${line} |`,
    `[${line}](https://ok.example "${line}")`,
    `![${line}](${word} "${line}") [a](${word}) [a](<${line}>) <${word}>`,
    `[ref]: <${line}> "${line}"\n\n[ref] [${line}][ref] ![x][ref]`,
    `*${line}* **${line}** ~~${line}~~ \`${line}\` [^1]`,
    `[^1]: ${line}`,
    `\`\`\`${line}\n${text}\n\`\`\``,
    text,
  ].join('\n\n');
}
