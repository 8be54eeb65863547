import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { NovaMessage } from '../../elements/nova-message.js';
import { axeViolations } from '../../testing/axe-violations.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;
let copied: string[] = [];

beforeEach(async () => {
  await page.viewport(800, 700);
  copied = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text);
  });
});
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
  vi.restoreAllMocks();
});

const names = (message: Element | undefined): (string | null)[] =>
  [...(message?.querySelectorAll('.tools:not(.of-question) > .tool') ?? [])].map((tool) =>
    tool.getAttribute('aria-label'),
  );

describe('the actions of an answer', () => {
  it('come when it has ended, with a repetition for the last one alone', async () => {
    mounted = await mountAnsweredChat();
    const { ask, transport, when, findAll, settle, exchange } = mounted;
    await exchange('Why?', 'So.');
    await when('.tools');
    expect(names(findAll('.assistant').at(-1))).toEqual(['Copy answer', 'Answer again', 'Good answer', 'Bad answer']);
    await ask('And?');
    transport.say('Well');
    await settle();
    expect(findAll('nova-message').map(names)).toEqual([[], ['Copy answer', 'Good answer', 'Bad answer'], [], []]);
    transport.complete();
    await settle();
    expect(names(findAll('.assistant').at(-1))).toContain('Answer again');
  });

  it.each([
    ['copy', ['Copy answer']],
    ['regenerate, feedback', ['Answer again', 'Good answer', 'Bad answer']],
    ['edit', []],
    ['["copy","edit"]', ['Copy answer']],
    [['copy', 'feedback'] as never, ['Copy answer', 'Good answer', 'Bad answer']],
  ])('are those that the page wants: %s', async (actions, expected) => {
    mounted = await mountAnsweredChat({ actions });
    await mounted.exchange('Why?', 'So.');
    await mounted.when('[part=actions]');
    expect(names(mounted.findAll('nova-message').at(-1))).toEqual(expected);
  });

  it('change with what the page wants', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.when('[part=actions]');
    mounted.chat.actions = 'copy';
    await expect.poll(() => names(mounted.findAll('nova-message').at(-1))).toEqual(['Copy answer']);
  });

  it('are left out for a page that wants none', async () => {
    mounted = await mountAnsweredChat({ actions: '' });
    await mounted.exchange('Why?', 'So.');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(mounted.findAll('.tools')).toHaveLength(0);
  });

  it('leave trying again to the notice of an answer that was stopped', async () => {
    mounted = await mountAnsweredChat();
    const { chat, transport, settle, when, findAll } = mounted;
    chat.send('Why?');
    transport.say('So');
    await settle();
    chat.stop();
    await settle();
    await when('.tools .copy');
    expect(names(findAll('nova-message').at(-1))).toEqual(['Copy answer', 'Good answer', 'Bad answer']);
    expect(findAll('.retry')).toHaveLength(1);
  });

  it('do not stand under a failure without a word', async () => {
    mounted = await mountAnsweredChat();
    const { ask, transport, settle, exchange, when, findAll } = mounted;
    await exchange('Why?', 'So.');
    await when('.tools .copy');
    await ask('And?');
    transport.start();
    transport.complete();
    await settle();
    expect(names(findAll('nova-message').at(-1))).toEqual([]);
  });
});

describe('copying an answer', () => {
  it('takes its Markdown, and says so', async () => {
    mounted = await mountAnsweredChat();
    const text = '**So.**\n\n- one\n- two';
    await mounted.exchange('Why?', text);
    (await mounted.when('.copy')).click();
    await vi.waitFor(() => expect(mounted.find('.copy').hasAttribute('data-copied')).toBe(true));
    expect(copied).toEqual([text]);
    await vi.waitFor(() => expect(mounted.find('[aria-live=polite]').textContent).toContain('Copied'));
  });

  it('selects the answer where there is no clipboard', async () => {
    vi.mocked(navigator.clipboard.writeText).mockRejectedValue(new Error('no permission'));
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So **it** is.');
    const select = vi.spyOn(Selection.prototype, 'selectAllChildren');
    (await mounted.when('.copy')).click();
    await vi.waitFor(() => expect(select).toHaveBeenCalledWith(mounted.findAll('nova-message .markdown').at(-1)));
  });
});

describe('another answer', () => {
  it('takes the place of the last one, and the focus goes to the button that stops it', async () => {
    mounted = await mountAnsweredChat();
    const { exchange, when, button, settle, focused, transport, texts, answer } = mounted;
    await exchange('Why?', 'So.');
    await when('.tools .copy');
    button('Answer again').click();
    await settle();
    expect(focused()?.getAttribute('aria-label')).toBe('Stop the answer');
    expect(transport.inputs.at(-1)?.messages).toEqual([{ role: 'user', content: 'Why?' }]);
    await answer('Thus.');
    expect(texts()).toEqual(['Why?', 'Thus.']);
  });
});

describe('the looks of the actions', () => {
  const opacities = (): string[] =>
    mounted.findAll('.assistant .tools').map((tools) => getComputedStyle(tools).opacity);

  it('are quiet at older answers until a pointer or the focus is there', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.exchange('And?', 'Well.');
    await mounted.when('.tools .copy');
    await userEvent.hover(mounted.find('textarea'));
    expect(opacities()).toEqual(['0', '1']);
    await userEvent.hover(mounted.findAll('nova-message .markdown')[0] as HTMLElement);
    expect(opacities()).toEqual(['1', '1']);
    await userEvent.hover(mounted.find('textarea'));
    mounted.find<HTMLElement>('.tools .copy').focus();
    expect(opacities()).toEqual(['1', '1']);
  });

  it('do not move an answer when it ends', async () => {
    mounted = await mountAnsweredChat();
    const { ask, transport, exchange, when, settle, findAll, find } = mounted;
    await exchange('Why?', 'So.');
    await when('.tools .copy');
    await ask('Tell me all.');
    transport.say('A line.\n\n'.repeat(40));
    await settle();
    const { scrollHeight } = find('.log');
    const place = (): number => findAll('nova-message .markdown').at(-1)?.getBoundingClientRect().top ?? 0;
    const before = place();
    transport.complete();
    await settle();
    expect(findAll('nova-message:last-child .tools')).toHaveLength(1);
    expect(find('.log').scrollHeight).toBe(scrollHeight);
    expect(place()).toBe(before);
  });

  it.each([
    ['a mouse', 800, 24],
    ['a phone', 390, 44],
  ])('give %s enough to hit', async (_name, width, least) => {
    await page.viewport(width, 844);
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    mounted.button('Bad answer').click();
    await mounted.settle();
    for (const button of mounted.findAll('.tools button, .feedback button')) {
      const { width: across, height } = button.getBoundingClientRect();
      expect([button.getAttribute('aria-label'), Math.min(across, height) >= least]).toEqual([
        button.getAttribute('aria-label'),
        true,
      ]);
    }
  });

  it('begin at the edge that reading begins at', async () => {
    document.documentElement.dir = 'rtl';
    mounted = await mountAnsweredChat({ mode: 'inline' });
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    const log = mounted.find('.messages').getBoundingClientRect();
    expect(log.right - mounted.find('.copy').getBoundingClientRect().right).toBeLessThan(24);
    expect(await axeViolations(mounted.chat)).toEqual([]);
  });
});

it.each(['light', 'dark'] as const)('axe finds nothing in the actions and the form, %s', async (theme) => {
  mounted = await mountAnsweredChat({ theme });
  await mounted.exchange('Why?', 'So.');
  await mounted.exchange('And?', 'Well.');
  await mounted.when('.tools .copy');
  expect(await axeViolations(mounted.chat)).toEqual([]);
  mounted.button('Bad answer').click();
  await mounted.settle();
  expect(await axeViolations(mounted.chat)).toEqual([]);
  mounted.find<HTMLInputElement>('.feedback input').value = 'No link.';
  mounted.button('Send feedback').click();
  await mounted.settle();
  expect(await axeViolations(mounted.chat)).toEqual([]);
});

it('renders nothing but the answer under way while it streams', async () => {
  mounted = await mountAnsweredChat();
  const { ask, chat, transport, exchange, when, settle, findAll } = mounted;
  for (const question of ['One?', 'Two?', 'Three?']) await exchange(question, 'So.');
  await when('.tools .copy');
  await when('.pencil');
  await ask('Four?');
  transport.say('Well');
  await settle();
  const render = vi.spyOn(NovaMessage.prototype as unknown as { render(): unknown }, 'render');
  const changes: Node[] = [];
  const observer = new MutationObserver((records) => changes.push(...records.map(({ target }) => target)));
  observer.observe(chat.renderRoot, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let token = 0; token < 30; token += 1) {
    transport.say(' word');
    await settle();
  }
  const last = findAll('nova-message').at(-1);
  const rendered = new Set(render.mock.contexts);
  expect(render.mock.calls.length).toBeGreaterThan(10);
  expect([...rendered]).toEqual([last]);
  const log = mounted.find('.log');
  expect(changes.filter((node) => log.contains(node) && !last?.contains(node))).toEqual([]);
  observer.disconnect();
});
