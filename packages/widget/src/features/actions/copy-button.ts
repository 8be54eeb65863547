import { html, type TemplateResult } from 'lit';
import { actionIcons } from './action-icons.js';

/** Shows the button that copies an answer; its icon is another one for a moment after that. */
export function copyButton(label: string, onClick: (event: Event) => void): TemplateResult {
  return html`<button class="tool copy" part="action" type="button" aria-label=${label} title=${label} @click=${onClick}>
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path class="to-copy" d=${actionIcons.copy}></path>
      <path class="is-copied" d=${actionIcons.copied}></path>
    </svg>
  </button>`;
}
