import { highlightCode } from './highlight-code.js';
import { renderCodeSpans } from './render-code-spans.js';
import { whenSeen } from './when-seen.js';

/** Code is coloured one block at a time, each when the page has nothing better to do. */
let turn: Promise<unknown> = Promise.resolve();

/** Colours code that stands in `place` once it is looked at; nothing when no grammar knows the language. */
export async function colourCode(
  code: string,
  language: string,
  place: Element,
): Promise<(Node | string)[] | undefined> {
  await whenSeen(place);
  // Code that has left the page is not waited for.
  turn = turn.then(() => place.isConnected && whenIdle());
  await turn;
  const spans = await highlightCode(code, language, place);
  return spans && renderCodeSpans(spans);
}

function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(resolve, { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}
