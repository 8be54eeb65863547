import { createMessage } from '@nova-chat/client/conversation';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { MarkdownStream } from '../../markdown/markdown-stream.js';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { answer, begin, end, links, mount, mounted, say } from '../../testing/mount-said-chat.js';

beforeEach(async () => {
  await page.viewport(800, 700);
  begin();
});
afterEach(end);

const picture =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>';

describe('an answer that is shown in the way of the page', () => {
  it('is read once, and a long one that comes at once in steps', async () => {
    const updates = vi.spyOn(MarkdownStream.prototype, 'update');
    const long = 'A paragraph of [some](https://evil.example/) length.\n\n'.repeat(600);
    await mount({ linkPolicy: 'shop.example' });
    // It is there before the answer.
    await mounted.settle();
    updates.mockClear();
    mounted.chat.send('Why?');
    mounted.transport.say(long);
    mounted.transport.complete();
    await vi.waitFor(() =>
      expect(answer()).toHaveLength(
        long
          .replace(/\[|\]\S+/g, '')
          .replace(/\s+/g, ' ')
          .trim().length,
      ),
    );
    expect(new Set(updates.mock.contexts)).toHaveLength(1);
    const lengths = updates.mock.calls.map(([text]) => text.length);
    expect(lengths[0]).toBeLessThan(10_000);
    expect(lengths.at(-1)).toBe(long.length);
    updates.mockRestore();
  });

  it('keeps its nodes when others are shown, however many', async () => {
    await mount({ linkPolicy: 'shop.example' });
    const { chat, find, findAll, settle } = mounted;
    chat.conversation.load(
      Array.from({ length: 420 }, (_, index) =>
        createMessage({
          id: String(index),
          role: index % 2 ? 'assistant' : 'user',
          createdAt: 0,
          text: `Words ${index}`,
          status: 'complete',
        }),
      ),
    );
    await settle();
    Object.assign(find('nova-transcript'), { from: 0 });
    await vi.waitFor(() => expect(findAll('.markdown')).toHaveLength(210));
    const before = findAll('.markdown');
    chat.refresh();
    await settle();
    expect(findAll('.markdown').filter((element, index) => element !== before[index])).toEqual([]);
  });
});

describe('linkPolicy', () => {
  const text =
    'See [ours](https://shop.example/a), [theirs](https://evil.example/b), https://evil.example/c and [here](#x).\n\n- [deep](https://evil.example/d) **[bold](https://shop.example/e)**\n\n| a |\n|---|\n| [cell](https://evil.example/f) |\n';

  it('shows links to other places as text, wherever they stand', async () => {
    await say(text, { linkPolicy: 'https://shop.example' });
    await vi.waitUntil(() => links().length === 3);
    expect(links()).toEqual(['https://shop.example/a', `${location.href.split('#')[0]}#x`, 'https://shop.example/e']);
    expect(answer()).toContain('theirs');
    expect(answer()).toContain('https://evil.example/c');
    expect(answer()).toContain('cell');
  });

  it('is asked for what stands in a link that is text, and for images too', async () => {
    const inner =
      '[![hi](https://evil.example/x)](https://evil.example/y) [a <https://evil.example/z> b](https://evil.example/y) ![mail](mailto:a@evil.example) [last](https://shop.example/a)';
    await say(inner, { linkPolicy: 'https://shop.example' });
    await vi.waitUntil(() => links().includes('https://shop.example/a'));
    await vi.waitUntil(() => links().length === 1);
    expect(answer()).toContain('hi a https://evil.example/z b mail');
  });

  it('asks a function for each, and changes at once when it is another one', async () => {
    const asked = vi.fn((url: string) => (url.endsWith('/b') ? ('allow' as const) : ('text' as const)));
    const { chat } = await say(text, { linkPolicy: asked });
    await vi.waitUntil(() => links().length === 2);
    expect(links()[0]).toBe('https://evil.example/b');
    expect(asked).toHaveBeenCalledWith(
      'https://shop.example/a',
      expect.objectContaining({ message: expect.objectContaining({ role: 'assistant' }) }),
    );
    chat.linkPolicy = undefined;
    await vi.waitUntil(() => links().length === 7);
  });
});

describe('the sources of an answer', () => {
  const citation = { url: 'https://evil.example/b', title: 'Theirs', start_index: 0, end_index: 1 };
  const ours = { url: 'https://shop.example/a', title: 'Ours', start_index: 0, end_index: 1 };

  async function sayWithSources(properties: Partial<NovaChat>): Promise<void> {
    await mount(properties);
    mounted.chat.send('Why?');
    await vi.waitUntil(() => mounted.transport.inputs.length === 1);
    mounted.transport.say('So.');
    for (const each of [citation, ours]) mounted.transport.write({ type: 'citation', citation: each, choice: 0 });
    mounted.transport.complete();
    await mounted.settle();
  }

  it.each<NonNullable<NovaChat['linkPolicy']>>([
    'shop.example',
    (url) => (url.includes('shop') ? 'allow' : 'text'),
    (url) => {
      if (url.includes('evil')) throw new Error('no rule');
      return 'allow';
    },
  ])('go by the policy for links: %s', async (linkPolicy) => {
    const onError = (event: Event): void => event.preventDefault();
    addEventListener('error', onError);
    onTestFinished(() => removeEventListener('error', onError));
    await sayWithSources({ linkPolicy });
    await vi.waitFor(() => mounted.find('[part=citations]'));
    const shown = mounted.findAll('.source').map((source) => [source.localName, source.innerText.split('\n')[0]]);
    expect(shown).toEqual([
      ['span', 'Theirs'],
      ['a', 'Ours'],
    ]);
    expect(mounted.find('span.source').innerText).toContain('evil.example/b');
    expect((await axe.run(mounted.find('.panel'))).violations).toEqual([]);
    mounted.chat.linkPolicy = undefined;
    await vi.waitUntil(() => mounted.findAll('a.source').length === 2);
  });

  it('are shown by the page, once', async () => {
    const citations = vi.fn((part: readonly { title: string }[]) => {
      const node = document.createElement('em');
      node.textContent = part.map(({ title }) => title).join();
      return node;
    });
    await sayWithSources({ renderers: { citations } });
    await vi.waitUntil(() => mounted.findAll('nova-message em').length === 1);
    mounted.chat.send('And?');
    await mounted.settle();
    expect(mounted.find('nova-message em').textContent).toBe('Theirs,Ours');
    expect(citations).toHaveBeenCalledOnce();
    expect(mounted.findAll('.source')).toEqual([]);
  });
});

describe('imagePolicy', () => {
  const text = `A ![red car](https://cdn.example/car.png) and ![x](javascript:alert(1)).\n`;
  const images = (): HTMLElement[] => mounted.findAll('.markdown img');

  it.each([
    ['nothing', undefined],
    ['link', 'link'],
    ['another host', 'https://other.example'],
  ])('loads none with %s', async (_, imagePolicy) => {
    await say(text, { imagePolicy, linkPolicy: (): 'allow' => 'allow' });
    await vi.waitUntil(() => links().length === 1);
    expect(images()).toEqual([]);
    expect(answer()).toContain('red car');
  });

  it('shows those of a listed host, in a room that is there before them', async () => {
    await say(text, { imagePolicy: 'cdn.example' });
    await vi.waitUntil(() => images().length === 1);
    const [image] = images() as HTMLImageElement[];
    expect([image?.alt, image?.referrerPolicy, image?.loading]).toEqual(['red car', 'no-referrer', 'lazy']);
    expect(image?.getBoundingClientRect().height).toBeGreaterThan(100);
  });

  it('stay links where the policy throws, and the error is told', async () => {
    const told = vi.spyOn(window, 'reportError').mockImplementation(() => undefined);
    const imagePolicy = (): never => {
      throw new Error('broken');
    };
    await say('Look: ![hat](https://shop.example/hat.png) here.', { imagePolicy });
    await vi.waitUntil(() => links().length === 1);
    expect(answer()).toMatch(/^Look: .*here\.$/);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('image policy') }));
    told.mockRestore();
  });

  it('loads one at a click, and says from where', async () => {
    const { find } = await say(text, { imagePolicy: 'click' });
    await vi.waitUntil(() => mounted.findAll('button.answer-image').length === 1);
    expect(images()).toEqual([]);
    expect(find('button.answer-image').innerText).toMatch(/red car\s+Show the image from\s+cdn\.example/);
    expect((await axe.run(find('.panel'))).violations).toEqual([]);
    const answer = find('nova-message .markdown');
    await userEvent.click(find('button.answer-image'));
    await vi.waitUntil(() => images().length === 1);
    expect((images()[0] as HTMLImageElement).src).toBe('https://cdn.example/car.png');
    // Nothing else of the answer is made anew, and the focus stays where it was.
    expect(find('nova-message .markdown')).toBe(answer);
    expect(mounted.focused()).toBe(images()[0]);
    mounted.chat.refresh();
    await mounted.settle();
    expect(images()).toHaveLength(1);
  });

  it('never shows an address that is no web address', async () => {
    await say(`![x](${picture}) ![y](javascript:alert(1))`, { imagePolicy: () => 'show' });
    await mounted.settle();
    expect(images()).toEqual([]);
  });
});
