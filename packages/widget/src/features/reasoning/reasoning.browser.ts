import { createMessage } from '@nova-chat/client/conversation';
import type { ChatEvent } from '@nova-chat/client/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { hostileMarkdown } from '../../markdown/testing/hostile-markdown.js';
import { axeViolations } from '../../testing/axe-violations.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;

beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  vi.restoreAllMocks();
});

const think = (text: string): ChatEvent => ({ type: 'reasoning-delta', text, choice: 0 });

async function startThinking(text: string): Promise<HTMLElement> {
  mounted.chat.send('Why?');
  mounted.transport.write(think(text));
  return mounted.when('.thought');
}

describe('what the model thinks aloud', () => {
  it('is one line that says so until it speaks, and then how long it took', async () => {
    const now = vi.spyOn(performance, 'now');
    now.mockReturnValue(1000);
    mounted = await mountAnsweredChat();
    const line = await startThinking('Hm.');
    expect(line.innerText.trim()).toBe('Thinking…');
    expect(mounted.findAll('.thinking').map((dots) => getComputedStyle(dots).display)).toEqual(['none']);
    now.mockReturnValue(13_100);
    mounted.transport.say('So.');
    await mounted.settle();
    expect(line.innerText.trim()).toBe('Thought for 12 seconds');
    now.mockReturnValue(99_000);
    await mounted.answer(' And so on.');
    expect(mounted.find('.thought')).toBe(line);
    expect(line.innerText.trim()).toBe('Thought for 12 seconds');
  });

  it('changes nothing on the page at a token while it is folded away', async () => {
    mounted = await mountAnsweredChat();
    await startThinking('Hm.');
    await mounted.settle();
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(mounted.chat.renderRoot, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    for (let token = 0; token < 20; token += 1) {
      mounted.transport.write(think(' hm'));
      await mounted.settle();
    }
    expect(changes.filter(({ target }) => mounted.find('.log').contains(target))).toEqual([]);
    observer.disconnect();
  });

  it('is not read aloud', async () => {
    mounted = await mountAnsweredChat();
    const spoken: (string | null)[] = [];
    const observer = new MutationObserver(() =>
      spoken.push(...mounted.findAll('[aria-live]').map(({ textContent }) => textContent)),
    );
    observer.observe(mounted.chat.renderRoot, { subtree: true, childList: true, characterData: true });
    await startThinking('A secret. Another one. ');
    await mounted.answer('So.');
    await vi.waitFor(() => expect(spoken.join(' ')).toContain('So.'));
    expect(spoken.join(' ')).not.toContain('secret');
    observer.disconnect();
  });

  it('opens with a click or a key, also while it goes on, and closes again', async () => {
    mounted = await mountAnsweredChat();
    const line = await startThinking('First.\n\nSecond');
    line.focus();
    await userEvent.keyboard('{Enter}');
    await mounted.settle();
    expect(line.getAttribute('aria-expanded')).toBe('true');
    expect(mounted.find(`[id="${line.getAttribute('aria-controls')}"]`)).toBe(mounted.find('.thoughts'));
    const first = mounted.find('.thoughts p');
    mounted.transport.write(think(' goes on.\n\nThird.'));
    await mounted.settle();
    expect(mounted.findAll('.thoughts p').map(({ innerText }) => innerText)).toEqual([
      'First.',
      'Second goes on.',
      'Third.',
    ]);
    expect(mounted.find('.thoughts p')).toBe(first);
    await mounted.answer('So.');
    expect(line.getAttribute('aria-expanded')).toBe('true');
    await userEvent.keyboard(' ');
    await mounted.settle();
    expect(mounted.find('.thoughts').hidden).toBe(true);
    expect(mounted.findAll('.thoughts p')).toHaveLength(0);
  });

  it('is plain text, whatever it contains', async () => {
    mounted = await mountAnsweredChat();
    const hostile = hostileMarkdown.join('\n');
    (await startThinking(hostile)).click();
    await mounted.settle();
    expect(mounted.findAll('.thoughts :not(p)')).toEqual([]);
    expect(mounted.find('.thoughts').textContent?.replace(/\s+/g, '')).toBe(hostile.replace(/\s+/g, ''));
  });

  it('has no length of time when it was stored', async () => {
    mounted = await mountAnsweredChat();
    mounted.chat.conversation.load([
      createMessage({ id: 'q', role: 'user', createdAt: 0, text: 'Why?', status: 'complete' }),
      createMessage({ id: 'a', role: 'assistant', createdAt: 0, text: 'So.', reasoning: 'Hm.', status: 'complete' }),
    ]);
    expect((await mounted.when('.thought')).innerText.trim()).toBe('Thoughts');
  });

  it('stays when the answer was stopped before a word of it', async () => {
    mounted = await mountAnsweredChat();
    const line = await startThinking('Hm.');
    mounted.chat.stop();
    await mounted.settle();
    expect(line.innerText.trim()).toBe('Thoughts');
  });

  it('is not loaded for a model that does not think aloud', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    expect(mounted.findAll('.reasoning')).toHaveLength(0);
  });
});

it.each(['light', 'dark'] as const)('axe finds nothing in thoughts, %s', async (theme) => {
  mounted = await mountAnsweredChat({ theme });
  const line = await startThinking('Hm.');
  expect(await axeViolations(mounted.chat)).toEqual([]);
  line.click();
  await mounted.answer('So.');
  expect(await axeViolations(mounted.chat)).toEqual([]);
});

it('gives a finger enough to hit', async () => {
  await page.viewport(390, 844);
  mounted = await mountAnsweredChat();
  expect((await startThinking('Hm.')).getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
});
