import { html, type TemplateResult } from 'lit';

/** Draws an icon of a feature from the path of its lines; the button around it has the name. */
export function lineIcon(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
