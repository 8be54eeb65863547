import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAll, openChats } from '../support/attack-chats.js';
import { launchChromium } from '../support/chromium.js';
import { hostileTexts } from '../support/hostile-texts.js';
import { type AnswerStep, type Refusal, startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { noToll } from '../support/watch-attacks.js';

const texts = hostileTexts.map(({ text }) => text);

let site: WidgetSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

const numberOf = (headers: Record<string, unknown>): number => Number(headers['x-number']);

describe('a visitor is safe from', () => {
  it('a model whose words attack, wherever they stand and wherever the stream is cut', async () => {
    site.answer = ({ headers }) => toHostileAnswer(texts[numberOf(headers)] ?? '');
    await using attacked = await openChats(browser, site);
    const parts = [
      '.user .bubble',
      '.thoughts p',
      'a.source',
      'span.source',
      '.preview blockquote',
      '[part=suggestion]',
      '[part=switched]',
    ];
    expect(await askAll(attacked, parts)).toEqual({ shown: parts, markup: [] });
    expect(await attacked.toll()).toEqual(noToll);
  });

  it('a server whose errors attack, as a status, as a page and in the middle of an answer', async () => {
    site.answer = ({ headers }) => toHostileError(texts[numberOf(headers)] ?? '', numberOf(headers) % 3);
    await using attacked = await openChats(browser, site);
    const parts = ['.user .bubble', '.assistant .notice', '.user .notice'];
    expect(await askAll(attacked, parts)).toEqual({ shown: parts, markup: [] });
    expect(await attacked.toll()).toEqual(noToll);
  });
});

/** Puts a text into everything that an answer is made of. */
function toHostileAnswer(text: string): AnswerStep[] | Refusal {
  const middle = Math.floor(text.length / 2);
  const citation = (url: string) => ({
    type: 'url_citation',
    url_citation: { url, title: text, content: text, start_index: 0, end_index: url.length },
  });
  return [
    { delta: { reasoning_content: text } },
    { delta: { content: text.slice(0, middle) } },
    { waitMs: 20 },
    { delta: { content: text.slice(middle) } },
    {
      delta: { annotations: [citation(toAddress(text)), citation('https://ok.example/a')] },
      members: { model: text, nova: { provider: text, switched: { from: text, to: text, reason: text } } },
    },
    { members: { nova: { suggestions: [text] } } },
  ];
}

/** Refuses a question, or ends an answer, in the words of an attacker. */
function toHostileError(text: string, kind: number): AnswerStep[] | Refusal {
  const error = { message: text, type: text, param: text, code: text };
  if (kind === 0) return { status: 400, body: JSON.stringify({ error }) };
  if (kind === 1) return { status: 400, type: 'text/html', body: text };
  return [{ delta: { content: 'So far' } }, { data: { error } }];
}

/** Gives the address that a text wants to be followed, or the text. */
function toAddress(text: string): string {
  return /(?:javascript|data|vbscript|blob|file|intent|view-source):[^\s>"]*/i.exec(text)?.[0] ?? text;
}
