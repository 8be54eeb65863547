import { html, nothing, type TemplateResult } from 'lit';
import { toSafeLink } from '../../markdown/link-policy.js';
import type { NovaCard } from '../shared/nova-tool.js';

/** Shows a card. Whatever a tool puts in is text; a link that may not be followed is text too. */
export function toolCard(
  { title, text, facts, link, replies }: NovaCard,
  onReply: (text: string) => void,
): TemplateResult {
  const target = link && toSafeLink(link.href);
  return html`<div class="card" part="card">
    ${title ? html`<h3 dir="auto">${title}</h3>` : nothing} ${text ? html`<p dir="auto">${text}</p>` : nothing}
    ${
      facts?.length
        ? html`<dl>
            ${facts.map(({ label, value }) => html`<div><dt dir="auto">${label}</dt><dd dir="auto">${value}</dd></div>`)}
          </dl>`
        : nothing
    }
    ${
      link && target
        ? html`<a href=${target.href} target="_blank" rel="noopener noreferrer nofollow ugc"
            ><span dir="auto">${link.label}</span> <span class="host" dir="ltr">${target.host}</span></a
          >`
        : nothing
    }
    ${
      replies?.length
        ? html`<div class="replies">
            ${replies.map((reply) => html`<button class="starter" part="choice" type="button" dir="auto" @click=${() => onReply(reply)}>${reply}</button>`)}
          </div>`
        : nothing
    }
  </div>`;
}
