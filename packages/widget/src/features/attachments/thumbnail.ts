import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** Shows an image small. A canvas, as a page's policy may allow no `data:` images. */
export function thumbnail(url: string): TemplateResult {
  return html`<canvas width="80" height="80" aria-hidden="true" ${ref((element) => void draw(element, url))}></canvas>`;
}

/** What each canvas shows: it is asked for again whenever the chat is rendered. */
const shown = new WeakMap<Element, string>();

async function draw(element: Element | undefined, url: string): Promise<void> {
  const context = element instanceof HTMLCanvasElement ? element.getContext('2d') : undefined;
  if (!context || !element || shown.get(element) === url) return;
  shown.set(element, url);
  try {
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const side = Math.min(bitmap.width, bitmap.height);
    const left = (bitmap.width - side) / 2;
    const top = (bitmap.height - side) / 2;
    context.drawImage(bitmap, left, top, side, side, 0, 0, 80, 80);
  } catch {
    // The name beside it says what it is.
  }
}
