import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { NovaTool } from '../features/shared/nova-tool.js';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import { NovaChatProperties } from './nova-chat-properties.js';

let mounted: MountedChat | undefined;

async function mount(...given: Parameters<typeof mountChat>): Promise<MountedChat> {
  mounted = await mountChat(...given);
  return mounted;
}

beforeEach(() => page.viewport(800, 600));
afterEach(() => {
  mounted?.unmount();
  document.adoptedStyleSheets = [];
  document.body.replaceChildren();
});

const launcher = page.getByRole('button', { name: 'Chat', exact: true });
const input = page.getByRole('textbox', { name: 'Ask a question' });
const panel = page.getByRole('dialog', { name: 'Chat' });

describe('the bubble', () => {
  it('costs its launcher while it has not been opened', async () => {
    const { findAll } = await mount();
    expect(findAll('.root > *').map(({ className }) => className)).toEqual(['launcher']);
  });

  it('opens with the cursor in the input, and closes with Escape back to the launcher', async () => {
    const { find, focused } = await mount();
    await userEvent.click(launcher);
    await expect.element(panel).toBeVisible();
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
    expect(focused()).toBe(find('.launcher'));
    expect(find('.launcher').getAttribute('aria-expanded')).toBe('false');
  });

  it('closes with its close button back to the launcher', async () => {
    const { find, focused } = await mount();
    await userEvent.click(launcher);
    await userEvent.click(page.getByRole('button', { name: 'Close chat' }));
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('opens by keyboard', async () => {
    const { find, focused } = await mount();
    find('.launcher').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe(find('textarea'));
  });

  it('is no trap while the page stands beside it', async () => {
    const after = document.createElement('button');
    const { find } = await mount();
    document.body.append(after);
    await userEvent.click(launcher);
    await expect.poll(() => document.activeElement?.localName).toBe('nova-chat');
    find('.launcher').focus();
    await userEvent.tab();
    expect(document.activeElement).toBe(after);
    expect(find('.panel').hasAttribute('aria-modal')).toBe(false);
  });

  it('leaves the page around it clickable', async () => {
    await mount();
    expect(document.elementFromPoint(400, 300)?.localName).not.toBe('nova-chat');
  });

  it('keeps the conversation and the draft when closed and opened', async () => {
    const { chat, find, settle } = await mount();
    chat.show();
    await settle();
    await userEvent.fill(input, 'A draft');
    chat.toggle();
    await settle();
    chat.toggle();
    await settle();
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('A draft');
  });

  it('says when it is ready, shown and hidden, once each', async () => {
    const events: string[] = [];
    const names = ['nova-ready', 'nova-show', 'nova-hide'] as const;
    const note = ({ type }: Event): void => void events.push(type);
    for (const name of names) document.addEventListener(name, note);
    const { chat, settle } = await mount();
    chat.show();
    chat.show();
    await settle();
    chat.hide();
    await settle();
    for (const name of names) document.removeEventListener(name, note);
    expect(events).toEqual(['nova-ready', 'nova-show', 'nova-hide']);
  });

  it('asks the page before it is open from the beginning, too', async () => {
    const veto = (event: Event): void => event.preventDefault();
    document.addEventListener('nova-before-show', veto);
    const { chat, findAll } = await mount({ open: true });
    document.removeEventListener('nova-before-show', veto);
    expect(chat.open).toBe(false);
    expect(findAll('.panel')).toEqual([]);
    chat.show();
    expect(chat.open).toBe(true);
  });

  it('opens by its attribute', async () => {
    document.body.insertAdjacentElement(
      'beforeend',
      Object.assign(document.createElement('nova-chat'), { open: true }),
    );
    await expect.element(panel).toBeVisible();
  });
});

describe('the focus, when the panel is closed', () => {
  const addButton = (words: string, onClick: () => void, slot = ''): HTMLButtonElement => {
    const button = Object.assign(document.createElement('button'), { textContent: words, slot });
    button.addEventListener('click', onClick);
    return button;
  };

  it('goes to the launcher from a control that the page has put into the panel', async () => {
    const { chat, find, focused } = await mount();
    const close = addButton('Leave', () => chat.hide(), 'header-actions');
    chat.append(close);
    await userEvent.click(launcher);
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.click(close);
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('goes back to the button of the page that has opened it, where there is no launcher', async () => {
    const { chat, find, focused } = await mount();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('nova-chat::part(launcher) { display: none }');
    document.adoptedStyleSheets.push(sheet);
    const ask = addButton('Ask us', () => chat.show());
    document.body.append(ask);
    await userEvent.click(ask);
    await expect.poll(focused).toBe(find('textarea'));
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(ask);
  });

  it('stays where it is outside of the chat', async () => {
    const { chat, settle } = await mount({ open: true });
    const other = addButton('Elsewhere', () => {});
    document.body.append(other);
    other.focus();
    chat.hide();
    await settle();
    expect(document.activeElement).toBe(other);
  });
});

describe('on a phone', () => {
  beforeEach(() => page.viewport(390, 700));

  it('fills the screen as a modal, and keeps Tab inside', async () => {
    const { find, focused } = await mount({ starters: ['Why?'] });
    await userEvent.click(launcher);
    await expect.poll(focused).toBe(find('textarea'));
    expect(find('.panel').getAttribute('aria-modal')).toBe('true');
    const { width, height, left, top } = find('.panel').getBoundingClientRect();
    expect([width, height, left, top]).toEqual([390, 700, 0, 0]);
    expect(find('.launcher').checkVisibility()).toBe(false);
    const seen: (string | undefined)[] = [];
    for (let count = 0; count < 5; count += 1) {
      await userEvent.tab();
      seen.push(focused()?.className.split(' ').at(-1));
    }
    expect(seen).toEqual(['send', 'round', 'log', 'starter', '']);
    find('header .round').focus();
    await userEvent.tab({ shift: true });
    expect(focused()).toBe(find('.send'));
    await userEvent.keyboard('{Escape}');
    await expect.poll(focused).toBe(find('.launcher'));
  });

  it('does not make the browser zoom into the input', async () => {
    const { find } = await mount({ open: true });
    expect(getComputedStyle(find('textarea')).fontSize).toBe('16px');
  });

  it('reflows at 320 × 256 without scrolling sideways', async () => {
    await page.viewport(320, 256);
    const { find } = await mount({
      open: true,
      starters: ['A rather long question that needs several lines to be read'],
    });
    expect(find('.log').scrollWidth).toBeLessThanOrEqual(find('.log').clientWidth);
    expect(find('.composer').getBoundingClientRect().bottom).toBeLessThanOrEqual(256);
  });

  it.each(['.launcher', 'header .round', '.send'])('gives %s a target of 44 px', async (selector) => {
    const { chat, find, settle } = await mount({ open: selector !== '.launcher' });
    await settle();
    const { width, height } = find(selector).getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    chat.hide();
  });
});

describe('the inline panel', () => {
  it('stands in its place, without launcher or close button', async () => {
    const { find, findAll } = await mount({ mode: 'inline', heading: 'Help' });
    await expect.element(page.getByRole('region', { name: 'Help' })).toBeVisible();
    expect(findAll('.launcher, [part=close]')).toEqual([]);
    expect(find('.panel').getBoundingClientRect().height).toBe(600);
  });

  it('does not scroll the page to itself and does not take the focus', async () => {
    const spacer = document.createElement('div');
    spacer.style.height = '3000px';
    document.body.append(spacer);
    await mount({ mode: 'inline', open: true });
    expect(scrollY).toBe(0);
    expect(document.activeElement).toBe(document.body);
  });
});

describe('attributes', () => {
  it.each([
    ['["One?","Two?"]', ['One?', 'Two?']],
    ['not JSON', []],
  ])('reads starters=%j', async (starters, expected) => {
    const { chat, findAll, settle } = await mount({ open: true });
    chat.setAttribute('starters', starters);
    await settle();
    expect(findAll('.starter').map(({ textContent }) => textContent)).toEqual(expected);
  });

  it('sends a starter', async () => {
    const { chat, transport, find, focused, settle } = await mount({ open: true, starters: ['Why?'] });
    await userEvent.click(page.getByRole('button', { name: 'Why?' }));
    await settle();
    expect(transport.inputs[0]?.messages).toEqual([{ role: 'user', content: 'Why?' }]);
    expect(focused()).toBe(find('.send'));
    chat.stop();
  });

  it.each([undefined, null])('goes on when a property is set to %s', async (value) => {
    const { chat, transport, findAll, settle } = await mount({ open: true, attachments: true });
    await vi.waitUntil(() => findAll('.attach').length > 0);
    const exchange = async (count: number): Promise<void> => {
      expect(chat.send('Why?')).toBe(true);
      await vi.waitFor(() => expect(transport.inputs).toHaveLength(count));
      transport.say('So.');
      transport.complete();
      await vi.waitFor(() => expect(findAll('.markdown')).toHaveLength(count));
    };
    for (const name of NovaChatProperties.elementProperties.keys()) {
      const had = Reflect.get(chat, name);
      Reflect.set(chat, name, value);
      await expect(chat.updateComplete, String(name)).resolves.toBe(true);
      if (name === 'client' || name === 'open') Reflect.set(chat, name, had);
    }
    await settle();
    expect(findAll('.consent')).toEqual([]);
    expect(findAll('h2')[0]?.textContent).toBe('Chat');
    await exchange(1);
    const tool: NovaTool = { name: 'clock', run: () => 'noon' };
    chat.tools = [tool];
    await exchange(2);
    expect(transport.inputs[1]?.tools).toHaveLength(1);
    Reflect.set(chat, 'tools', value);
    await exchange(3);
    expect(transport.inputs[2]?.tools).toBeUndefined();
  });

  it('takes single strings in the place of its own', async () => {
    await mount({ open: true, strings: { input: 'Frag mich', heading: 'Hilfe' } });
    await expect.element(page.getByRole('dialog', { name: 'Hilfe' })).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Frag mich' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Send' })).toBeVisible();
  });

  it('takes no questions when disabled', async () => {
    const { chat, transport, find } = await mount({ open: true, disabled: true });
    expect(chat.send('Why?')).toBe(false);
    expect(find<HTMLTextAreaElement>('textarea').disabled).toBe(true);
    expect(transport.inputs).toEqual([]);
  });

  it('asks nothing again when disabled', async () => {
    const { chat, transport, settle } = await mount({ open: true });
    chat.send('Why?');
    transport.fail('offline');
    await settle();
    chat.disabled = true;
    expect(chat.retry()).toBe(false);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(transport.inputs).toHaveLength(1);
    chat.disabled = false;
    expect(chat.retry()).toBe(true);
  });

  it.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(24, 25, 29)'],
  ] as const)('shows the %s theme whatever the system wants', async (theme, background) => {
    const { find } = await mount({ open: true, theme });
    expect(getComputedStyle(find('.panel')).backgroundColor).toBe(background);
  });

  it.each([
    ['#2f5bea', 1],
    ['#ffd400', 0],
    ['#757575', 1],
    ['#7a7a7a', 0],
  ])('writes on the accent %s in the colour with the better contrast', async (accent, channel) => {
    const { chat, find } = await mount();
    chat.style.setProperty('--nova-accent', accent);
    expect(getComputedStyle(find('.launcher')).color).toBe(`color(srgb-linear ${channel} ${channel} ${channel})`);
  });
});

describe('slots', () => {
  it.each(['greeting', 'header-actions', 'footer'])('shows what the page puts into %s', async (slot) => {
    const { chat, settle } = await mount({ open: true });
    const content = Object.assign(document.createElement('p'), { slot, textContent: 'Words of the page' });
    chat.append(content);
    await settle();
    expect(content.checkVisibility()).toBe(true);
    expect(content.getBoundingClientRect().height).toBeGreaterThan(0);
    expect(getComputedStyle(content).fontFamily).toContain('system-ui');
  });
});

describe('on somebody else’s page', () => {
  it('looks the same under hostile styles', async () => {
    const { chat, find, settle } = await mount({ open: true, starters: ['Why?'] });
    chat.send('Why?');
    await settle();
    const look = (): unknown[] =>
      ['.panel', 'h2', '.user .bubble', 'textarea', '.send', '.launcher'].map((selector) => {
        const { fontSize, fontFamily, color, letterSpacing, textTransform, lineHeight } = getComputedStyle(
          find(selector),
        );
        const { x, y, width, height } = find(selector).getBoundingClientRect();
        return { selector, fontSize, fontFamily, color, letterSpacing, textTransform, lineHeight, x, y, width, height };
      });
    const before = look();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`html { font-size: 62.5% } * { all: unset !important; font: 40px cursive !important; color: red !important;
      letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 3 !important; box-sizing: content-box }
      button, textarea { border: 9px solid red !important; padding: 50px !important }`);
    document.adoptedStyleSheets.push(sheet);
    try {
      expect(look()).toEqual(before);
    } finally {
      document.adoptedStyleSheets.pop();
    }
  });

  it('writes no style attribute, which a strict policy would refuse', async () => {
    const { chat, transport, findAll, settle } = await mount({ open: true });
    chat.send('Why?');
    transport.say('**So**\n\n| a |\n| -: |\n| 1 |\n\n```js\nlet a = 1;\n```\n');
    transport.complete();
    await settle();
    expect(findAll('[style], style, script')).toEqual([]);
  });

  it('lets the page hide it', async () => {
    const { chat, find } = await mount();
    chat.hidden = true;
    expect(find('.launcher').checkVisibility()).toBe(false);
  });

  it('goes on where it was when the page moves it', async () => {
    const { chat, transport, find, settle } = await mount({ open: true });
    chat.send('Why?');
    transport.say('Be');
    await settle();
    const home = document.createElement('main');
    document.body.append(home);
    home.append(chat);
    transport.say('cause.');
    transport.complete();
    await settle();
    expect(find('.assistant:not(.welcome) .markdown').textContent).toBe('Because.');
  });

  it('leaves everything to the version that was there first', async () => {
    const first = customElements.get('nova-chat');
    await import('../define.js?second' as '../define.js');
    expect(customElements.get('nova-chat')).toBe(first);
  });
});
