import { html, nothing, type TemplateResult } from 'lit';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { bubbleIcon, icon } from './icons.js';

export interface PanelHeaderOptions {
  title: string;
  strings: NovaStrings;
  /** What features show in front of the owner's actions. */
  tools: unknown;
  /** Without it there is no close button. */
  onClose: (() => void) | undefined;
}

/** Shows the head of the panel, which is no banner: the page has its own. */
export function panelHeader({ title, strings, tools, onClose }: PanelHeaderOptions): TemplateResult {
  return html`<header part="header" role="presentation">
    ${bubbleIcon()}
    <h2 id="nova-title" part="title"><bdi>${title}</bdi></h2>
    ${tools}<slot name="header-actions"></slot>
    ${
      onClose
        ? html`<button class="round" part="close" type="button" aria-label=${strings.close} @click=${onClose}>${icon('close')}</button>`
        : nothing
    }
  </header>`;
}
