import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { ask, counts, mount, mounted, mountWith, step, write } from '../../testing/mount-edited-chat.js';

beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
});

describe('editing a question', () => {
  it('asks it in other words, and keeps what was asked and answered before', async () => {
    await mountWith('one', 'two');
    await write(0, 'uno');
    await ask('UNO');
    expect(mounted.transport.inputs.at(-1)?.messages).toEqual([{ role: 'user', content: 'uno' }]);
    expect(mounted.texts()).toEqual(['uno', 'UNO']);
    expect(counts()).toEqual(['2 / 2']);
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['one', 'ONE', 'two', 'TWO']);
    expect(counts()).toEqual(['1 / 2']);
    await step('Next version', 0);
    expect(mounted.texts()).toEqual(['uno', 'UNO']);
  });

  it('leads to no end that is in view', async () => {
    await mountWith('one');
    await write(0, 'uno');
    await ask('UNO');
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['one', 'ONE']);
    await expect.poll(() => mounted.findAll('.jump')).toEqual([]);
  });

  it('loses nothing while a part of the chat that has to be there is still on its way', async () => {
    await mountWith('one', 'two');
    await write(0, 'uno');
    // Its part is not here yet; questions wait for it.
    mounted.chat.user = { name: 'Ada' };
    mounted.button('Ask again').click();
    expect(mounted.chat.conversation.getState().messages.map(({ text }) => text)).toEqual(['one', 'ONE', 'two', 'TWO']);
    await expect.poll(() => mounted.texts().at(-1)).toBe('uno');
    expect(mounted.texts()).toEqual(['one', 'ONE', 'two', 'TWO', 'uno']);
  });

  it('begins with the cursor behind the last word, and ends at its pencil', async () => {
    await mountWith('one');
    mounted.find('.pencil').focus();
    await userEvent.keyboard('{Enter}');
    await mounted.settle();
    const input = mounted.find<HTMLTextAreaElement>('.editor textarea');
    expect(mounted.focused()).toBe(input);
    expect([input.value, input.selectionStart]).toEqual(['one', 3]);
    await userEvent.keyboard(' more{Enter}');
    await mounted.settle();
    expect(mounted.texts()[0]).toBe('one more');
    await vi.waitFor(() => expect(mounted.focused()?.className).toContain('pencil'));
  });

  it('is left with Escape or its button, which leave the panel open and all as it was', async () => {
    await mountWith('one');
    for (const leave of [() => userEvent.keyboard('{Escape}'), () => mounted.button('Cancel').click()]) {
      await write(0, 'uno');
      await leave();
      await mounted.settle();
      expect(mounted.chat.open).toBe(true);
      expect(mounted.texts()).toEqual(['one', 'ONE']);
      expect(mounted.focused()?.className).toContain('pencil');
    }
    expect(mounted.transport.inputs).toHaveLength(1);
  });

  it('makes a new line with Shift+Enter', async () => {
    await mountWith('one');
    await write(0, 'uno');
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}dos');
    expect(mounted.find<HTMLTextAreaElement>('.editor textarea').value).toBe('uno\ndos');
    expect(mounted.transport.inputs).toHaveLength(1);
  });

  it('shows the whole of a long question', async () => {
    await mountWith('one');
    await write(0, 'line\n'.repeat(4));
    await mounted.settle();
    const { scrollHeight, clientHeight } = mounted.find('.editor textarea');
    expect(clientHeight).toBeGreaterThan(100);
    expect(scrollHeight).toBe(clientHeight);
  });

  it('takes no blank question', async () => {
    await mountWith('one');
    await write(0, '  ');
    await ask();
    expect(mounted.findAll('.editor')).toHaveLength(1);
    expect(mounted.transport.inputs).toHaveLength(1);
  });

  it('is refused by a page that keeps the question back, and goes on', async () => {
    await mountWith('one', 'two');
    mounted.chat.addEventListener('nova-before-send', (event) => event.preventDefault(), { once: true });
    await write(0, 'uno');
    await ask();
    expect(mounted.find<HTMLTextAreaElement>('.editor textarea').value).toBe('uno');
    expect(mounted.chat.conversation.getState().messages.map(({ text }) => text)).toEqual(['one', 'ONE', 'two', 'TWO']);
    await ask('UNO');
    expect(mounted.texts()).toEqual(['uno', 'UNO']);
  });

  it('tells the page of the question as of any other', async () => {
    await mountWith('one');
    const heard: string[] = [];
    mounted.chat.addEventListener('nova-before-send', (event) => {
      event.text = event.text.replace('4111', '****');
    });
    mounted.chat.addEventListener('nova-send', ({ text }) => heard.push(text));
    await write(0, 'card 4111');
    await ask();
    expect(heard).toEqual(['card ****']);
    expect(mounted.texts()[0]).toBe('card ****');
  });

  it('sends along what went along with the question', async () => {
    await mount();
    const attachment = { type: 'text', name: 'a.txt', text: 'content' } as const;
    mounted.chat.conversation.send('one', [attachment]);
    await mounted.answer('ONE');
    await mounted.when('.pencil');
    await write(0, 'uno');
    await ask();
    expect(mounted.chat.conversation.getState().messages[0]?.attachments).toEqual([attachment]);
  });

  it('ends an answer under way, whose part stays in its branch', async () => {
    await mountWith('one');
    await mounted.ask('two');
    mounted.transport.say('TW');
    await mounted.settle();
    await write(1, 'dos');
    expect(mounted.transport.stops).toBe(0);
    await ask('DOS');
    expect(mounted.transport.stops).toBe(1);
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['one', 'ONE', 'two', 'TW']);
    expect(mounted.find('[part=notice]').innerText).toContain('Stopped.');
  });

  it('goes on in its editor while another answer streams', async () => {
    await mountWith('one');
    await write(0, 'uno');
    const input = mounted.find('.editor textarea');
    await mounted.ask('two');
    for (const word of ['T', 'W', 'O']) {
      mounted.transport.say(word);
      await mounted.settle();
    }
    expect(mounted.find('.editor textarea')).toBe(input);
    expect(mounted.find<HTMLTextAreaElement>('.editor textarea').value).toBe('uno');
  });

  it('is not offered on a page that does not want it', async () => {
    await mount({ actions: 'copy,regenerate' });
    await mounted.exchange('one', 'ONE');
    await mounted.when('.tools');
    expect(mounted.findAll('.pencil')).toHaveLength(0);
  });
});

describe('the pencil', () => {
  it.each([
    ['a mouse', 800, 24],
    ['a phone', 390, 44],
  ])('comes without moving the answer that is being read, with enough to hit for %s', async (_name, width, least) => {
    await page.viewport(width, 844);
    await mount();
    const { chat, transport, settle, find, when } = mounted;
    chat.send('one');
    transport.say('ONE');
    await settle();
    const before = find('nova-message .markdown').getBoundingClientRect().top;
    transport.complete();
    await when('.tools .copy');
    const { width: across, height } = (await when('.pencil')).getBoundingClientRect();
    expect(find('nova-message .markdown').getBoundingClientRect().top).toBe(before);
    expect(Math.min(across, height)).toBeGreaterThanOrEqual(least);
  });

  it.each([800, 390])('is hit at each of its ends, and the link right below it too, at %s px', async (width) => {
    await page.viewport(width, 844);
    await mount();
    await mounted.exchange('one', `[${'longlink'.repeat(20)}](https://example.com)`);
    const pencil = await mounted.when('.pencil');
    pencil.focus();
    const { left, right, top, bottom } = pencil.getBoundingClientRect();
    const hit = (x: number, y: number): Element | null =>
      (mounted.chat.renderRoot as ShadowRoot).elementFromPoint(x, y)?.closest('button, a') ?? null;
    for (const y of [top + 1, (top + bottom) / 2, bottom - 6]) expect(hit((left + right) / 2, y)).toBe(pencil);
    for (const x of [left + 1, right - 1]) expect(hit(x, (top + bottom) / 2)).toBe(pencil);
    const link = mounted.find('nova-message .markdown a');
    expect(hit(left + 2, link.getBoundingClientRect().top + 5)).toBe(link);
  });
});

it.each(['light', 'dark'] as const)('axe finds nothing in editor and versions, %s', async (theme) => {
  await mount({ theme });
  await mounted.exchange('one', 'ONE');
  await mounted.when('.pencil');
  await write(0, 'uno');
  expect(await axeViolations(mounted.chat)).toEqual([]);
  await ask('UNO');
  expect(await axeViolations(mounted.chat)).toEqual([]);
});
