import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;

beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
  vi.restoreAllMocks();
});

const suggest = (...suggestions: unknown[]) => ({ type: 'suggestions' as const, suggestions: suggestions as string[] });
const shown = (): string[] => mounted.findAll('.next button').map(({ innerText }) => innerText);

describe('the questions to go on with', () => {
  it('come from the server, three at most, and ask what they say', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.', suggest('When?', ' How? ', 'When?', 'Where?', 'Who?'));
    await mounted.when('.next');
    expect(shown()).toEqual(['When?', 'How?', 'Where?']);
    const asked: string[] = [];
    mounted.chat.addEventListener('nova-send', ({ text }) => asked.push(text));
    mounted.button('How?').click();
    await mounted.settle();
    expect(asked).toEqual(['How?']);
    expect(shown()).toEqual([]);
    expect(mounted.focused()?.getAttribute('aria-label')).toBe('Stop the answer');
  });

  it('come from the page when the server has none, and name the answer', async () => {
    const suggestions = vi.fn(async ({ text }: { text: string }) => [`More of ${text}`]);
    mounted = await mountAnsweredChat({ suggestions });
    await mounted.exchange('Why?', 'this');
    await mounted.when('.next');
    expect(shown()).toEqual(['More of this']);
    await mounted.exchange('And?', 'that', suggest('When?'));
    await vi.waitFor(() => expect(shown()).toEqual(['When?']));
    expect(suggestions).toHaveBeenCalledTimes(1);
  });

  it.each<[string, unknown]>([
    ['no list', 'When?'],
    ['no texts', [null, 3, {}, '', ' ']],
    ['an empty list', []],
  ])('are left out when there is %s', async (_name, given) => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.', { type: 'suggestions', suggestions: given as string[] });
    await mounted.when('.tools .copy');
    await mounted.settle();
    expect(mounted.findAll('.next')).toHaveLength(0);
  });

  it('are left out when the page fails to give them, and it hears of it', async () => {
    const report = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
    const failure = new Error('no questions today');
    mounted = await mountAnsweredChat({ suggestions: () => Promise.reject(failure) });
    await mounted.exchange('Why?', 'So.');
    await vi.waitFor(() => expect(report).toHaveBeenCalledWith(failure));
    expect(mounted.findAll('.next')).toHaveLength(0);
  });

  it('are not offered after an answer that broke off, nor while one is under way', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.', suggest('When?'));
    await mounted.when('.next');
    await mounted.ask('And?');
    mounted.transport.say('We');
    mounted.transport.write(suggest('How?'));
    await mounted.settle();
    expect(shown()).toEqual([]);
    mounted.transport.fail('stream_interrupted');
    await mounted.settle();
    expect(shown()).toEqual([]);
  });

  it('are plain text', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.', suggest('<img src=x onerror=alert(1)> **bold**'));
    await mounted.when('.next');
    expect(shown()).toEqual(['<img src=x onerror=alert(1)> **bold**']);
    expect(mounted.findAll('.next img, .next b, .next strong')).toEqual([]);
  });

  it('are reached and asked by keyboard, and named as a list', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.', suggest('When?', 'How?'));
    await mounted.when('.next');
    await mounted.when('.tools .copy');
    mounted.button('Bad answer').focus();
    await userEvent.keyboard('{Tab}{Tab}{Enter}');
    await mounted.settle();
    expect(mounted.texts().at(-1)).toBe('How?');
    await expect.element(page.getByRole('list', { name: 'What to ask next' })).not.toBeInTheDocument();
  });
});

it.each([
  ['light', 800, 'ltr'],
  ['dark', 800, 'ltr'],
  ['light', 390, 'rtl'],
] as const)('axe finds nothing in suggestions: %s, %s px, %s', async (theme, width, dir) => {
  await page.viewport(width, 844);
  document.documentElement.dir = dir;
  mounted = await mountAnsweredChat({ theme });
  await mounted.exchange(
    'Why?',
    'So.',
    suggest('When?', 'A long question that is wider than a phone, and then some more of it?'),
  );
  await mounted.when('.next');
  expect(await axeViolations(mounted.chat)).toEqual([]);
  const log = mounted.find('.log');
  expect(log.scrollWidth).toBe(log.clientWidth);
});
