import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openChats } from '../support/attack-chats.js';
import { launchChromium } from '../support/chromium.js';
import { hostileTexts } from '../support/hostile-texts.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { noToll, openAttackedPage } from '../support/watch-attacks.js';

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

/** The members of `<nova-chat>` that are used here. */
interface Chat extends Element {
  words: Record<string, string>;
  send(text: string): boolean;
}

describe('a visitor is safe from', () => {
  it('tools whose names, arguments, cards and forms attack', async () => {
    site.answer = ({ headers, messages }) => {
      const text = texts[Number(headers['x-number'])] ?? '';
      if (messages.at(-1)?.role === 'tool') return [{ delta: { content: 'Done.' } }];
      const calls = [
        ['card', '{}'],
        ['form', '{}'],
        ['guarded', JSON.stringify({ [text]: text, list: [text] })],
        [text, text],
      ];
      return calls.map(([name, json], index) => ({
        delta: { tool_calls: [{ index, id: `${text}${index}`, function: { name, arguments: json } }] },
      }));
    };
    await using attacked = await openChats(browser, site);
    const seen = await attacked.page.evaluate(async (all) => {
      const { driver, touch, findForeignMarkup } = window as unknown as Harness;
      const types = ['text', 'email', 'tel', 'number', 'date', 'textarea', 'select', 'image', 'file'];
      const shown = { cards: 0, forms: 0, questions: 0, unknown: 0 };
      const markup = new Set<string>();
      const queue = all.entries();
      async function attack(chat: Element): Promise<void> {
        const root = chat.shadowRoot as ShadowRoot;
        for (const [number, text] of queue) {
          const card = { title: text, text, facts: [{ label: text, value: text }], replies: [text] };
          const fields = types.map((type) => ({
            name: `${type}${text}`,
            label: text,
            type,
            value: text,
            options: [text],
          }));
          const tools = [
            {
              name: 'card',
              label: text,
              auto: true,
              run: (_: unknown, { show }: Tool) => show({ ...card, link: { label: text, href: text } }),
            },
            {
              name: 'form',
              label: text,
              auto: true,
              run: (_: unknown, { ask }: Tool) => ask({ title: text, submit: text, fields }),
            },
            { name: 'guarded', label: text, description: text, run: () => text },
          ];
          Object.assign(chat, { tools, headers: { 'x-number': String(number) } });
          let isOver = false;
          const over = driver.ask(chat, text).then(() => {
            isOver = true;
          });
          while (!isOver) {
            await driver.settle(chat);
            const button = root.querySelector<HTMLElement>('.tool-step .quiet-button[type=button]:not([dir])');
            if (!button) continue;
            shown[root.querySelector('.tool-step form') ? 'forms' : 'questions'] += 1;
            for (const step of root.querySelectorAll('.tool-step')) touch(step);
            for (const fault of findForeignMarkup()) markup.add(fault);
            button.click();
          }
          await over;
          if (root.querySelector('dl dd')) shown.cards += 1;
          if (root.querySelectorAll('.tool-step').length === 4) shown.unknown += 1;
          for (const fault of findForeignMarkup()) markup.add(fault);
          (chat as Element & { clear(): void }).clear();
        }
      }
      await Promise.all([...document.querySelectorAll('nova-chat')].map(attack));
      return { ...shown, markup: [...markup] };
    }, texts);
    const { length } = texts;
    expect(seen).toEqual({ cards: length, forms: length, questions: length, unknown: length, markup: [] });
    expect(await attacked.toll()).toEqual(noToll);
  });

  it('files whose names attack, as they are chosen, refused and sent', async () => {
    site.answer = () => [{ delta: { content: 'Thank you.' } }];
    await using attacked = await openChats(
      browser,
      site,
      'attachments max-attachments="999" max-attachment-bytes="9999999"',
    );
    await attacked.page.locator('#c0 input[type=file]').waitFor({ state: 'attached' });
    const shown = await attacked.page.evaluate(async (all) => {
      const { driver, touch } = window as unknown as Harness;
      const chat = document.querySelector('nova-chat') as unknown as Chat;
      const root = chat.shadowRoot as ShadowRoot;
      const add = async (names: string[], type: string): Promise<void> => {
        const files = new DataTransfer();
        for (const name of names) files.items.add(new File(['x'], name, { type }));
        chat.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, composed: true }));
        while (!root.querySelector('.bad') && root.querySelectorAll('.chosen .name').length < names.length) {
          await driver.settle(chat);
        }
      };
      await add(all, 'text/plain');
      touch(root);
      await add(all.slice(0, 20), 'application/x-unknown');
      touch(root);
      await driver.ask(chat, 'Look at these');
      return root.querySelectorAll('.user .attachment .name').length;
    }, texts);
    expect(shown).toBe(texts.length);
    expect(await attacked.toll()).toEqual(noToll);
  });

  it('names of models, starters, words and all other settings that attack', async () => {
    site.answer = () => [{ delta: { content: 'Yes.' } }];
    await using attacked = await openChats(browser, site);
    const markup = await attacked.page.evaluate(async (all) => {
      const { driver, touch, findForeignMarkup } = window as unknown as Harness;
      const found = new Set<string>();
      const queue = all.entries();
      async function attack(chat: Chat): Promise<void> {
        const names = Object.keys(chat.words);
        for (const [, text] of queue) {
          const strings = Object.fromEntries(names.map((name) => [name, text]));
          const words = { heading: text, greeting: text, placeholder: text, consent: text, starters: [text], strings };
          const ids = { model: text, models: [{ id: text, label: text }, text], user: { id: text, name: text } };
          const modes = { theme: text, position: text, actions: text, scrollBehavior: text, locale: text };
          Object.assign(chat, { ...words, ...ids, ...modes, context: { [text]: text } });
          await driver.settle(chat);
          touch(chat.shadowRoot as ShadowRoot);
          for (const fault of findForeignMarkup()) found.add(fault);
        }
        const plain = {
          consent: null,
          locale: 'en',
          model: '',
          user: { id: 'u' },
          context: { page: all },
          actions: null,
        };
        Object.assign(chat, plain);
        await driver.settle(chat);
        if ((await driver.ask(chat, 'Still there?')) !== 'complete') found.add('no answer');
      }
      await Promise.all([...document.querySelectorAll('nova-chat')].map((chat) => attack(chat as unknown as Chat)));
      return [...found];
    }, texts);
    expect(markup).toEqual([]);
    expect(await attacked.toll()).toEqual(noToll);
  });

  it('a file of options that wants to be more than options', async () => {
    site.answer = () => [{ delta: { content: 'Yes.' } }];
    const options = {
      heading: texts[0],
      endpoint: site.url,
      load: 'idle',
      onclick: 'hit(1)',
      onfocusin: 'hit(1)',
      onpointerover: 'hit(1)',
      ONMOUSEOVER: 'hit(1)',
      style: 'background: url(https://p1.evil.example/style)',
      accent: 'url(https://p1.evil.example/accent)',
      'a name': 'that no attribute can have',
      slot: 'x',
      open: true,
    };
    const json = JSON.stringify(options).replace('{', '{"__proto__":{"isAdmin":true},');
    site.pages.set('/options.json', { type: 'application/json', body: json });
    site.pages.set('/options', {
      body: '<!doctype html><link rel="icon" href="data:,"><body><script src="/widget/embed.js" data-nova-config="/options.json"></script>',
    });
    await using attacked = await openAttackedPage(browser, `${site.url}/options`);
    await attacked.page.getByRole('textbox').waitFor();
    await attacked.page.getByRole('textbox').fill('Still there?');
    await attacked.page.getByRole('button', { name: 'Send' }).hover();
    await attacked.page.getByRole('button', { name: 'Send' }).click();
    await attacked.page.getByText('Yes.').first().waitFor();
    await attacked.page.evaluate(() => {
      const { touch } = window as unknown as Harness;
      touch(document);
    });
    expect(await attacked.toll()).toEqual(noToll);
  });
});

/** What a tool of the page gets. */
interface Tool {
  show(card: object): void;
  ask(form: object): Promise<unknown>;
}
