import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { answer, begin, end, mount, mounted, say } from '../../testing/mount-said-chat.js';
import type { NovaLinkPart } from '../shared/nova-renderers.js';

beforeEach(async () => {
  await page.viewport(800, 700);
  begin();
});
afterEach(end);

describe('renderers', () => {
  const text = 'Look:\n\n```chart\n1 2 3\n```\n\n```js\nlet a;\n```\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\nEnd.';

  it('show parts as a node, a template or text, once they are closed', async () => {
    const chart = vi.fn(({ text: source }: { text: string }) => {
      const figure = document.createElement('figure');
      figure.textContent = `Chart of ${source.trim()}`;
      return figure;
    });
    const { find, findAll } = await say(text, {
      renderers: {
        'code:chart': chart,
        code: ({ language }) => `Code in ${language} <b>`,
        table: ({ header, rows }) => html`<em>${header.join('/')} ${rows.flat().join('/')}</em>`,
      },
    });
    await vi.waitUntil(() => findAll('figure').length === 1);
    expect(find('figure').textContent).toBe('Chart of 1 2 3');
    expect(find('.markdown em').textContent).toBe('a/b 1/2');
    expect(answer()).toBe('Look: Chart of 1 2 3 Code in js <b> a/b 1/2 End.');
    expect(findAll('.markdown b')).toEqual([]);
    for (const [part] of chart.mock.calls) expect(part).toEqual({ language: 'chart', text: '1 2 3' });
  });

  it('are told the answer as it stands', async () => {
    const texts: string[] = [];
    const code = (_part: unknown, { message }: { message: { text: string } }): undefined => {
      texts.push(message.text);
    };
    await say('Some words first.\n\n```js\nconst a = 1;\n```\n\nAnd more.', { renderers: { code } });
    await vi.waitUntil(() => texts.length > 0);
    expect(texts.at(-1)).toContain('const a = 1;\n```');
  });

  it('show links, images and thoughts', async () => {
    const link = vi.fn(({ url, text }: NovaLinkPart) => html`<b title=${url}>${text}</b>`);
    await mount({
      linkPolicy: 'shop.example',
      renderers: {
        link,
        image: ({ url, description }) => `[${description} at ${url}]`,
        reasoning: (thoughts) => `It thought: ${thoughts}`,
      },
    });
    mounted.chat.send('Why?');
    await vi.waitUntil(() => mounted.transport.inputs.length === 1);
    mounted.transport.write({ type: 'reasoning-delta', text: 'Hm.', choice: 0 });
    mounted.transport.say(
      'See [*ours*](https://shop.example/a) and [theirs](https://evil.example/), [here](#x), ![a car](https://cdn.example/c.png).',
    );
    mounted.transport.complete();
    await vi.waitFor(() => expect(answer()).toContain('[a car'));
    expect(answer()).toBe('See ours and theirs, here, [a car at https://cdn.example/c.png].');
    expect(mounted.findAll('.markdown b').map(({ title }) => title)).toEqual(['https://shop.example/a']);
    expect(link.mock.calls.every(([{ url }]) => url === 'https://shop.example/a')).toBe(true);
    await vi.waitFor(() => expect(mounted.find('nova-message:last-child').innerText).toContain('It thought: Hm.'));
    expect(mounted.findAll('.thought')).toEqual([]);
  });

  it('that throw are told by their name, and the part is shown as ever', async () => {
    const told: string[] = [];
    const onError = (event: ErrorEvent): void => {
      event.preventDefault();
      told.push(event.message);
    };
    addEventListener('error', onError);
    onTestFinished(() => removeEventListener('error', onError));
    const { findAll } = await say(text, {
      renderers: {
        code: () => {
          throw new Error('no canvas');
        },
        table: () => undefined,
      },
    });
    await vi.waitUntil(() => told.length > 0);
    expect(told[0]).toContain('The renderer "code" has failed: Error: no canvas');
    expect(findAll('.markdown pre')).toHaveLength(2);
    expect(findAll('.markdown table')).toHaveLength(1);
  });

  it('show what a tool has given, in the place of its card', async () => {
    await mount({
      tools: [{ name: 'clock', auto: true, run: () => ({ time: '12:00' }) }],
      renderers: { 'tool:clock': ({ result }) => html`<time>${JSON.parse(result ?? '').time}</time>` },
    });
    const { chat, transport, findAll, find } = mounted;
    chat.send('When?');
    await vi.waitUntil(() => transport.inputs.length === 1, 5000);
    transport.write({ type: 'tool-call-delta', choice: 0, index: 0, id: 'c', name: 'clock', arguments: '{}' });
    transport.write({ type: 'end', outcome: 'complete' });
    await vi.waitUntil(() => findAll('time').length === 1, 5000);
    const shown = find('time');
    expect(shown.textContent).toBe('12:00');
    transport.write({ type: 'text-delta', choice: 0, text: 'Noon.' });
    await mounted.settle();
    expect(find('time')).toBe(shown);
  });
});
