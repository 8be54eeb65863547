import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import type { NovaChat } from './nova-chat.js';
import type { NovaTheme } from './nova-chat-properties.js';

const richAnswer = `You can order **until noon**:

# Ways

1. On [this page](https://example.com/order)
2. By phone

| Bread | Price |
| --- | --- |
| Rye | 6.40 |

\`\`\`js
const order = { id: 2041 };
\`\`\`
`;

type Scene = (mounted: MountedChat) => void;

const scenes: [name: string, properties: Partial<NovaChat>, play: Scene][] = [
  ['closed', { open: false }, () => {}],
  ['open', { starters: ['When?', 'How?'] }, () => {}],
  ['inline', { mode: 'inline', heading: 'Help' }, () => {}],
  ['disabled', { disabled: true }, () => {}],
  ['waiting', {}, ({ chat }) => chat.send('Why?')],
  [
    'streaming',
    {},
    ({ chat, transport }) => {
      chat.send('Why?');
      transport.say(richAnswer.slice(0, 60));
    },
  ],
  [
    'done, with sources and a change of provider',
    {},
    ({ chat, transport }) => {
      chat.send('Why?');
      transport.say(richAnswer);
      const citation = { url: 'https://example.com/a', title: 'Guide', start_index: 0, end_index: 1 };
      transport.write({ type: 'citation', citation, choice: 0 });
      transport.write({ type: 'provider-switch', switch: { from: 'a', to: 'b', reason: 'idle_timeout' } });
      transport.complete();
    },
  ],
  [
    'stopped',
    {},
    ({ chat, transport }) => {
      chat.send('Why?');
      transport.say('So');
      chat.stop();
    },
  ],
  [
    'interrupted',
    {},
    ({ chat, transport }) => {
      chat.send('Why?');
      transport.say('So');
      transport.fail('stream_interrupted');
    },
  ],
  [
    'rate limited',
    {},
    ({ chat, transport }) => {
      chat.send('Why?');
      transport.fail('rate_limited', { retryAfterMs: 30_000 });
    },
  ],
  [
    'scrolled up in a long list',
    {},
    ({ chat, transport, find }) => {
      chat.send('Why?');
      transport.say('A line.\n\n'.repeat(60));
      transport.complete();
      setTimeout(() => find('.log').dispatchEvent(new WheelEvent('wheel', { deltaY: -50 })), 30);
    },
  ],
];

let mounted: MountedChat;
beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
});

async function expectNoViolation(): Promise<void> {
  const { violations } = await axe.run(mounted.chat, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // The chat is no page: its landmarks and headings belong to the page around it.
    rules: { region: { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ).toEqual([]);
}

describe.each<NovaTheme>(['light', 'dark'])('axe finds nothing in the %s theme', (theme) => {
  it.each(scenes)('%s', async (_name, properties, play) => {
    mounted = await mountChat({ open: true, theme, ...properties });
    play(mounted);
    await mounted.settle();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await mounted.settle();
    await expectNoViolation();
  });
});

it.each(['#ffd400', '#00b894', '#ff2d78', '#111111', '#f5f5f5'])(
  'keeps its contrast with the accent %s',
  async (accent) => {
    for (const theme of ['light', 'dark'] as const) {
      mounted = await mountChat({ open: true, theme, starters: ['When?'] });
      mounted.chat.style.setProperty('--nova-accent', accent);
      await expectNoViolation();
      mounted.chat.send('Why?');
      mounted.transport.say('See [here](https://example.com).');
      await mounted.settle();
      await expectNoViolation();
      mounted.unmount();
    }
  },
);

it('axe finds nothing from right to left on a phone', async () => {
  await page.viewport(390, 700);
  document.documentElement.dir = 'rtl';
  mounted = await mountChat({ open: true, heading: 'עזרה', greeting: 'שלום', starters: ['מתי?'] });
  await expectNoViolation();
  const { left } = mounted.find('header .round').getBoundingClientRect();
  expect(left).toBeLessThan(60);
});

it('names who says what', async () => {
  mounted = await mountChat({ open: true });
  mounted.chat.send('Why?');
  mounted.transport.say('So.');
  mounted.transport.complete();
  await mounted.settle();
  await expect.element(page.getByRole('article', { name: 'You said' })).toHaveTextContent('Why?');
  await expect.element(page.getByRole('article', { name: 'Assistant said' }).last()).toHaveTextContent('So.');
});

it('isolates the direction of each message', async () => {
  mounted = await mountChat({ open: true });
  mounted.chat.send('שלום');
  mounted.transport.say('Hello.');
  mounted.transport.complete();
  await mounted.settle();
  expect(getComputedStyle(mounted.find('.user .bubble')).direction).toBe('rtl');
  expect(getComputedStyle(mounted.find('.markdown')).direction).toBe('ltr');
});

it('ends a sentence of its own where it ends, on a page that is written the other way', async () => {
  document.documentElement.dir = 'rtl';
  mounted = await mountChat({ open: true, locale: 'fa' });
  mounted.chat.send('چرا؟');
  mounted.transport.fail('server_error');
  await mounted.settle();
  expect(mounted.find('.notice').textContent).toContain('Not sent. ');
  expect(getComputedStyle(mounted.find('.notice > :first-child')).direction).toBe('ltr');
});

it('moves nothing for a reader who wants less motion', async () => {
  expect(matchMedia('(prefers-reduced-motion: reduce)').matches).toBe(true);
  mounted = await mountChat({ open: true });
  mounted.chat.send('Why?');
  await mounted.settle();
  const elements = [mounted.chat, ...mounted.findAll('*')];
  expect(elements.flatMap((element) => element.getAnimations())).toEqual([]);
});

it('shows the focus on every control', async () => {
  mounted = await mountChat({ open: true, starters: ['When?'] });
  mounted.chat.send('Why?');
  mounted.transport.fail('server_error');
  await mounted.settle();
  for (const control of mounted.findAll('button, [tabindex="0"]')) {
    control.focus({ focusVisible: true } as FocusOptions);
    const { outlineStyle, outlineWidth } = getComputedStyle(control);
    expect([control.className, outlineStyle, Number.parseFloat(outlineWidth) >= 2]).toEqual([
      control.className,
      'solid',
      true,
    ]);
  }
  mounted.find('textarea').focus();
  expect(getComputedStyle(mounted.find('.composer')).outlineStyle).toBe('solid');
});
