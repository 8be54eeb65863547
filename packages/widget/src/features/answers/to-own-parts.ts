import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, render, type TemplateResult } from 'lit';
import { decodeEntities } from '../../markdown/decode-entities.js';
import { toSafeLink } from '../../markdown/link-policy.js';
import type { MarkedToken, Token, Tokens } from '../../markdown/markdown-tokens.js';
import { openFenceOf } from '../../markdown/open-fence.js';
import { toInlineText } from '../../markdown/to-plain-text.js';
import type { FeatureHost } from '../feature.js';
import { isListed } from '../shared/is-listed.js';
import { mayFollow } from '../shared/may-follow.js';
import type { NovaImagePolicy, NovaRenderContext, NovaRendered } from '../shared/nova-renderers.js';
import { showPart } from '../shared/show-part.js';

export interface OwnPartsOptions {
  chat: FeatureHost;
  message: ConversationMessage;
  /** Images that the visitor has asked for; grows by itself. */
  loaded: Set<string>;
  loadWords: string;
}

/** Puts what the page wants in the place of tokens; the core shows what it does not know of as it is. */
export function toOwnParts(token: MarkedToken, options: OwnPartsOptions): MarkedToken {
  const { chat, message } = options;
  const own = (rendered: NovaRendered): MarkedToken => (rendered ? toView(rendered) : token);
  switch (token.type) {
    case 'code': {
      if (openFenceOf(token)) return token;
      const language = /^\S*/.exec(token.lang ?? '')?.[0] ?? '';
      const name = `code:${language}` as const;
      const part = { language, text: token.text };
      return own(showPart(chat.renderers?.[name] ? name : 'code', part, { renderers: chat.renderers, message }));
    }
    case 'table': {
      const toTexts = (cells: Tokens.TableCell[]): string[] => cells.map(({ tokens }) => toInlineText(tokens));
      const part = { header: toTexts(token.header), rows: token.rows.map(toTexts) };
      const shown = showPart('table', part, { renderers: chat.renderers, message });
      const change = (cell: Tokens.TableCell): Tokens.TableCell => ({
        ...cell,
        tokens: changeAll(cell.tokens, options),
      });
      return shown
        ? toView(shown)
        : { ...token, header: token.header.map(change), rows: token.rows.map((row) => row.map(change)) };
    }
    case 'list':
      return { ...token, items: token.items.map((item) => ({ ...item, tokens: changeAll(item.tokens, options) })) };
    case 'link':
      return toLink(token, options);
    case 'image':
      return toImage(token, options);
    default:
      return 'tokens' in token && token.tokens ? { ...token, tokens: changeAll(token.tokens, options) } : token;
  }
}

const changeAll = (tokens: readonly Token[], options: OwnPartsOptions): Token[] =>
  (tokens as readonly MarkedToken[]).map((token) => toOwnParts(token, options));

/** A token of a kind that the core does not know is shown by its source, whatever that is. */
function toView(shown: unknown): MarkedToken {
  const view = { type: 'view', raw: shown };
  const type = typeof shown === 'string' ? 'paragraph' : 'text';
  return { type, raw: '', text: '', tokens: [view as unknown as Token] };
}

const toInlineView = (shown: unknown, text: string): MarkedToken => ({
  type: 'text',
  raw: '',
  text,
  tokens: [{ type: 'view', raw: shown, text } as unknown as Token],
});

function toLink(token: Tokens.Link, options: OwnPartsOptions): MarkedToken {
  const { chat, message } = options;
  const link = toSafeLink(token.autolink ? token.href : decodeEntities(token.href));
  if (link && !link.samePage) {
    if (!mayFollow(link, chat.linkPolicy, { message }))
      return { type: 'text', raw: token.raw, text: token.text, tokens: changeAll(token.tokens, options) };
    const part = { url: link.href, text: toInlineText(token.tokens) };
    const shown = showPart('link', part, { renderers: chat.renderers, message });
    if (shown) return toInlineView(shown, part.text);
  }
  return { ...token, tokens: changeAll(token.tokens, options) };
}

function toImage(token: Tokens.Image, options: OwnPartsOptions): MarkedToken {
  const { chat, message, loaded, loadWords } = options;
  const link = toSafeLink(decodeEntities(token.href));
  if (!link) return token;
  const description = toInlineText(token.tokens).trim();
  const asLink = (): MarkedToken =>
    mayFollow(link, chat.linkPolicy, { message }) ? token : { type: 'text', raw: token.raw, text: description };
  const url = link.href;
  if (!url.startsWith('http')) return asLink();
  const shown = showPart('image', { url, description }, { renderers: chat.renderers, message });
  if (shown) return toInlineView(shown, description);
  const choice = loaded.has(url) ? 'show' : chooseImage(url, chat.imagePolicy, { message });
  if (choice === 'show') return toView(toPicture(url, description));
  if (choice === 'click') {
    // The host is told whatever the words of an owner are.
    const [before, after] = loadWords.split('{host}');
    const load = ({ currentTarget }: Event): void => {
      loaded.add(url);
      const place = (currentTarget as Element).parentElement as HTMLElement;
      render(toPicture(url, description), place);
      place.querySelector('img')?.focus({ preventScroll: true });
    };
    return toView(html`<button class="answer-image" part="image" type="button" @click=${load}>
      <span dir="auto">${description}</span>
      <span>${before}<bdi class="host" dir="ltr">${new URL(url).host}</bdi>${after}</span>
    </button>`);
  }
  return asLink();
}

/** It can have the focus, which is where its button had it. */
function toPicture(url: string, description: string): TemplateResult {
  return html`<img
    class="answer-image"
    part="image"
    src=${url}
    alt=${description}
    tabindex="-1"
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
  />`;
}

/** A policy that throws shows nothing. */
function chooseImage(url: string, policy: NovaImagePolicy | undefined, context: NovaRenderContext): string {
  if (!policy) return 'link';
  if (typeof policy === 'function') {
    try {
      return policy(url, context);
    } catch (cause) {
      reportError(new Error(`The image policy has failed: ${cause}`, { cause }));
      return 'link';
    }
  }
  return isListed(url, policy) ? 'show' : /(?:^|[\s,])click(?:$|[\s,])/.test(policy) ? 'click' : 'link';
}
