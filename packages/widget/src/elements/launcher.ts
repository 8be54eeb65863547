import { html, type TemplateResult } from 'lit';
import { bubbleIcon, icon } from './icons.js';

/** Shows the round button of the bubble, which looks like the one of the script tag's loader. */
export function launcher(label: string, isOpen: boolean, onClick: () => void): TemplateResult {
  return html`<button
    class="launcher"
    part="launcher"
    type="button"
    aria-label=${label}
    aria-haspopup="dialog"
    aria-expanded=${isOpen}
    @click=${onClick}
  >
    ${isOpen ? icon('collapse') : bubbleIcon()}
  </button>`;
}
