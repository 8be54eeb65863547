import { html, nothing, type TemplateResult } from 'lit';
import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './decode-entities.js';
import { isMisleading, removeHidden, toSafeLink } from './link-policy.js';
import type { MarkdownLabels } from './markdown-labels.js';
import { toInlineText } from './to-plain-text.js';

interface InlineContext {
  labels: MarkdownLabels;
  /** A link holds no other link. */
  inLink: boolean;
}

/** Turns inline tokens into text and templates. Raw HTML is text, an image is a link to it. */
export function renderInline(tokens: readonly Token[], labels: MarkdownLabels): unknown {
  return renderTokens(tokens, { labels, inLink: false });
}

function renderTokens(tokens: readonly Token[], context: InlineContext): unknown {
  const parts: unknown[] = [];
  for (const token of tokens as readonly MarkedToken[]) {
    const part = renderToken(token, context);
    const last = parts.at(-1);
    // One text node where the lexer saw three tokens: fewer nodes, and a selection that survives.
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts.length === 1 ? parts[0] : parts;
}

function renderToken(token: MarkedToken, context: InlineContext): unknown {
  switch (token.type) {
    case 'text':
      return token.tokens ? renderTokens(token.tokens, context) : toText(token, context);
    case 'escape':
      return token.text;
    case 'strong':
      return html`<strong>${renderTokens(token.tokens, context)}</strong>`;
    case 'em':
      return html`<em>${renderTokens(token.tokens, context)}</em>`;
    case 'del':
      return html`<del>${renderTokens(token.tokens, context)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br>`;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? html`<br>` : token.raw;
    case 'checkbox':
      return renderCheckbox(token, context);
    case 'link':
      return renderLink(token, context);
    case 'image':
      return renderImage(token, context);
    default:
      return token.raw;
  }
}

function toText(token: Tokens.Text, { inLink }: InlineContext): string {
  const text = token.escaped ? token.text : decodeEntities(token.text);
  return inLink ? removeHidden(text) : text;
}

function renderCheckbox({ checked }: Tokens.Checkbox, { labels }: InlineContext): TemplateResult {
  const label = checked ? labels.done : labels.notDone;
  return html`<span class="task" role="img" aria-label=${label}>${checked ? '☑' : '☐'}</span> `;
}

function renderLink(token: Tokens.Link, context: InlineContext): unknown {
  const label = renderTokens(token.tokens, { ...context, inLink: true });
  const link = context.inLink ? undefined : toSafeLink(token.autolink ? token.href : decodeEntities(token.href));
  if (!link) return label;
  const text = toInlineText(token.tokens);
  const content = text.trim() === '' ? link.host : label;
  if (link.samePage) return html`<a href=${link.href} @click=${followFragment}>${content}</a>`;
  return renderAnchor(link.href, content, isMisleading(text, link) ? link.host : undefined);
}

/** Where the page has a `<base>`, the browser would look for the fragment there. */
function followFragment(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = (event.currentTarget as HTMLAnchorElement).hash;
}

function renderImage(token: Tokens.Image, context: InlineContext): unknown {
  const label = removeHidden(toInlineText(token.tokens)).trim() || context.labels.image;
  const link = context.inLink ? undefined : toSafeLink(decodeEntities(token.href));
  return link && !link.samePage ? renderAnchor(link.href, label, link.host) : label;
}

function renderAnchor(href: string, content: unknown, host: string | undefined): TemplateResult {
  return html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${content}${
    host ? html`<span class="host"> (${host})</span>` : nothing
  }</a>`;
}
