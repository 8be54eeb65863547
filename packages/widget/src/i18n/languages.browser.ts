import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NovaChat } from '../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat | undefined;

async function open(properties: Partial<NovaChat> = {}, parent?: HTMLElement): Promise<MountedChat> {
  mounted = await mountChat({ open: true, ...properties }, parent);
  return mounted;
}

function inPage(attributes: Readonly<Record<string, string>>): HTMLElement {
  const place = document.createElement('div');
  for (const [name, value] of Object.entries(attributes)) place.setAttribute(name, value);
  document.body.append(place);
  return place;
}

afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  document.body.replaceChildren();
});

const hint = (): string => mounted?.find<HTMLTextAreaElement>('textarea').placeholder ?? '';
const direction = (selector: string): string => getComputedStyle((mounted as MountedChat).find(selector)).direction;

describe('the language', () => {
  it('is that of the page around the chat, and not its region', async () => {
    await open({}, inPage({ lang: 'pt-BR' }));
    expect(hint()).toBe('Faça uma pergunta');
    expect(mounted?.find('.root').lang).toBe('pt-BR');
  });

  it('is the one that the owner says, whatever the page says', async () => {
    await open({ locale: 'de' }, inPage({ lang: 'fr' }));
    expect(hint()).toBe('Frage eingeben');
  });

  it('can be another one while the chat is open; what the visitor has typed stays', async () => {
    const { chat, find } = await open({ locale: 'de' });
    chat.draft = 'Hallo';
    chat.locale = 'ja';
    await expect.poll(hint).toBe('質問を入力');
    expect(find('.root').lang).toBe('ja');
    chat.locale = 'en';
    await expect.poll(hint).toBe('Ask a question');
    expect(chat.draft).toBe('Hallo');
    expect(find('.root').lang).toBe('en');
  });

  it.each([
    ['en', 'en'],
    ['en-GB', 'en-GB'],
    ['en-001', 'en-001'],
    ['en ', 'en'],
    ['en_US', 'en-US'],
    ['en US', 'en'],
    ['en-US,en', 'en'],
    ['en-US-US', 'en'],
    ['english', 'en'],
  ])('is one that numbers and times can be written in, whatever the page says: %j', async (lang, tag) => {
    const { chat, find } = await open({ locale: 'de' }, inPage({ lang }));
    expect(hint()).toBe('Frage eingeben');
    chat.locale = '';
    await expect.poll(hint).toBe('Ask a question');
    expect(find('.root').lang).toBe(tag);
    expect(() => new Intl.DateTimeFormat(chat.language)).not.toThrow();
  });

  it('has words of the owner in its place', async () => {
    await open({ locale: 'de', strings: { input: 'Was ist los?' } });
    expect(hint()).toBe('Was ist los?');
    expect(mounted?.find('.send').getAttribute('aria-label')).toBe('Senden');
  });

  it('is seen in the first rendering already', async () => {
    const chat = Object.assign(document.createElement('nova-chat'), { locale: 'ko', open: true });
    const titles = new Set<string>();
    chat.addEventListener('nova-ready', () => titles.add(chat.renderRoot.querySelector('h2')?.textContent ?? ''));
    document.body.append(chat);
    await vi.waitUntil(() => titles.size > 0);
    expect([...titles]).toEqual(['채팅']);
  });
});

describe('the direction', () => {
  it('is that of the language in a page that goes the other way; the bubble stays where the page puts it', async () => {
    const { find } = await open({ locale: 'ar' });
    expect(direction('.composer')).toBe('rtl');
    expect(direction('.launcher')).toBe('ltr');
    expect(find('.panel').getBoundingClientRect().right).toBeGreaterThan(innerWidth - 40);
    const [input, send] = ['textarea', '.send'].map((selector) => find(selector).getBoundingClientRect().left);
    expect(send).toBeLessThan(input ?? 0);
  });

  it.each([
    ['de', 'ltr'],
    ['he', 'rtl'],
  ])('of %s is %s in a page from right to left', async (locale, expected) => {
    await open({ locale }, inPage({ dir: 'rtl' }));
    expect(direction('.composer')).toBe(expected);
  });

  it('is that of the page in English, which may have other words', async () => {
    await open({ locale: 'en' }, inPage({ dir: 'rtl' }));
    expect(direction('.composer')).toBe('rtl');
  });

  it('is that of the element where it says one', async () => {
    await open({ locale: 'ar', dir: 'ltr' });
    expect(direction('.composer')).toBe('ltr');
  });
});
