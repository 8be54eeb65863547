import { html, type TemplateResult } from 'lit';
import { launcherIconPath } from '../styles/launcher-css.js';

const strokes = {
  close: 'M6 6l12 12M18 6 6 18',
  collapse: 'M6 9.5l6 6 6-6',
  down: 'M12 5v14M6 13l6 6 6-6',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4v5.4h-5.4',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8z',
};

/** Draws an icon in the colour of the text; the button around it has the name. */
export function icon(name: keyof typeof strokes): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${strokes[name]}></path></svg>`;
}

/** Draws the speech bubble of the launcher. */
export function bubbleIcon(): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${launcherIconPath}></path></svg>`;
}
