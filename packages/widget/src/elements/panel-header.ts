import { html, nothing, type TemplateResult } from 'lit';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { bubbleIcon, icon } from './icons.js';

/**
 * Shows the head of the panel, which is no banner: the page has its own. Without `onClose` it has no close button.
 */
export function panelHeader(title: string, strings: NovaStrings, onClose: (() => void) | undefined): TemplateResult {
  return html`<header part="header" role="presentation">
    ${bubbleIcon()}
    <h2 id="nova-title" part="title"><bdi>${title}</bdi></h2>
    <slot name="header-actions"></slot>
    ${
      onClose
        ? html`<button class="round" part="close" type="button" aria-label=${strings.close} @click=${onClose}>${icon('close')}</button>`
        : nothing
    }
  </header>`;
}
