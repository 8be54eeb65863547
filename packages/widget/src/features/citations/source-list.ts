import type { UrlCitation } from '@nova-chat/client/protocol';
import { html, type TemplateResult } from 'lit';
import type { NovaFeatureStrings } from '../../i18n/feature-strings.js';
import { removeHidden, type SafeLink, toSafeLink } from '../../markdown/link-policy.js';

/** Tells whether a source may be followed. */
export type MayFollow = (link: SafeLink) => boolean;

/** Lists the sources of an answer, each once, with the place that a click really goes to. */
export function sourceList(
  citations: readonly UrlCitation[],
  strings: NovaFeatureStrings,
  mayFollow: MayFollow,
): TemplateResult {
  const unique = [...new Map(citations.map((citation) => [citation.url, citation])).values()];
  return html`<div class="sources" part="citations">
    <p aria-hidden="true">${strings.sources}</p>
    <ol aria-label=${strings.sources}>
      ${unique.map((citation) => html`<li>${source(citation, mayFollow)}</li>`)}
    </ol>
  </div>`;
}

function source({ url, title }: UrlCitation, mayFollow: MayFollow): TemplateResult {
  // A relative address is one of the page's own site.
  const link = URL.canParse(url, document.baseURI) ? toSafeLink(new URL(url, document.baseURI).href) : undefined;
  if (!link?.href.startsWith('http')) {
    return html`<span class="source"><span dir="auto">${removeHidden(title || url)}</span></span>`;
  }
  const { pathname } = new URL(link.href);
  const place = link.host + (pathname === '/' ? '' : pathname);
  const content = html`<span dir="auto">${removeHidden(title) || place}</span><span class="host" dir="ltr">${place}</span>`;
  if (!mayFollow(link)) return html`<span class="source" part="citation">${content}</span>`;
  return html`<a
    class="source"
    part="citation"
    href=${link.href}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    >${content}</a
  >`;
}
