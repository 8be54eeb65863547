import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './decode-entities.js';
import type { ElementWriter } from './element-writer.js';
import { isMisleading, removeHidden, type SafeLink, toSafeLink } from './link-policy.js';
import { toInlineText } from './to-plain-text.js';

/** Writes inline tokens. Raw HTML is text, an image is a link to it. A link holds no other link. */
export function renderInline(tokens: readonly Token[], to: ElementWriter, inLink = false): void {
  for (const token of tokens as readonly MarkedToken[]) renderToken(token, to, inLink);
}

function renderToken(token: MarkedToken, to: ElementWriter, inLink: boolean): void {
  switch (token.type) {
    case 'text':
      if (token.tokens) renderInline(token.tokens, to, inLink);
      else to.text(toText(token, inLink));
      break;
    case 'escape':
      to.text(token.text);
      break;
    case 'strong':
    case 'em':
    case 'del':
      to.element(token.type, () => renderInline(token.tokens, to, inLink));
      break;
    case 'codespan':
      to.element('code', token.text);
      break;
    case 'br':
      to.element('br');
      break;
    case 'html':
      if (/^<br\s*\/?>$/i.test(token.raw)) to.element('br');
      else to.text(token.raw);
      break;
    case 'checkbox':
      renderCheckbox(token, to);
      break;
    case 'link':
      renderLink(token, to, inLink);
      break;
    case 'image':
      renderImage(token, to, inLink);
      break;
    default:
      // Of a kind that only a feature knows.
      if (typeof token.raw === 'string') to.text(token.raw);
      else to.view(token.raw);
  }
}

function toText(token: Tokens.Text, inLink: boolean): string {
  const text = token.escaped ? token.text : decodeEntities(token.text);
  return inLink ? removeHidden(text) : text;
}

function renderCheckbox({ checked }: Tokens.Checkbox, to: ElementWriter): void {
  const label = checked ? to.labels.done : to.labels.notDone;
  to.element('span.task', checked ? '☑' : '☐', { role: 'img', 'aria-label': label });
  to.text(' ');
}

function renderLink(token: Tokens.Link, to: ElementWriter, inLink: boolean): void {
  const link = inLink ? undefined : toSafeLink(token.autolink ? token.href : decodeEntities(token.href));
  const text = toInlineText(token.tokens);
  renderAnchor(link, to, () => {
    if (link && text.trim() === '') to.text(link.host);
    else renderInline(token.tokens, to, true);
    if (link && isMisleading(text, link)) writeHost(link, to);
  });
}

function renderImage(token: Tokens.Image, to: ElementWriter, inLink: boolean): void {
  const label = removeHidden(toInlineText(token.tokens)).trim() || to.labels.image;
  const safe = inLink ? undefined : toSafeLink(decodeEntities(token.href));
  const link = safe?.samePage ? undefined : safe;
  renderAnchor(link, to, () => {
    to.text(label);
    if (link) writeHost(link, to);
  });
}

/** Where there is no link, what would stand in it stands alone. */
function renderAnchor(link: SafeLink | undefined, to: ElementWriter, fill: () => void): void {
  // A place that the page does not have may be a route, which does what an answer must not.
  if (!link || (link.id && !document.getElementById(link.id))) fill();
  else if (link.samePage) to.element('a', fill, { href: link.href, target: undefined, rel: undefined });
  else to.element('a', fill, { href: link.href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' });
}

function writeHost({ host }: SafeLink, to: ElementWriter): void {
  if (host) to.element('span.host', ` (${host})`);
}
