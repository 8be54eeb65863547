import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountChat } from '../testing/mount-chat.js';

beforeEach(() => page.viewport(800, 600));
afterEach(() => document.body.replaceChildren());

describe('on somebody else’s page', () => {
  it('looks the same under hostile styles', async () => {
    const { chat, find, settle } = await mountChat({ open: true, starters: ['Why?'] });
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
    const { chat, transport, findAll, settle } = await mountChat({ open: true });
    chat.send('Why?');
    transport.say('**So**\n\n| a |\n| -: |\n| 1 |\n\n```js\nlet a = 1;\n```\n');
    transport.complete();
    await settle();
    expect(findAll('[style], style, script')).toEqual([]);
  });

  it('lets its words be selected where the page does not want that of its own', async () => {
    const { find } = await mountChat({ open: true });
    document.body.style.userSelect = 'none';
    try {
      await userEvent.dblClick(find('.welcome .bubble'), { position: { x: 20, y: 12 } });
      expect(String(getSelection())).toContain('Hello');
    } finally {
      document.body.style.userSelect = '';
    }
  });

  it('lets the page hide it', async () => {
    const { chat, find } = await mountChat();
    chat.hidden = true;
    expect(find('.launcher').checkVisibility()).toBe(false);
  });

  it('goes on where it was when the page moves it', async () => {
    const { chat, transport, find, settle } = await mountChat({ open: true });
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
