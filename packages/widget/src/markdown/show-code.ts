import { writeText } from './element-writer.js';

/** Longer code stays plain: colouring it would hold up the page. */
const maxHighlightLength = 20_000;

/** What the code of an element is to be coloured in. */
const languages = new WeakMap<Element, string>();

/**
 * Shows code in an element, in one text node that grows. Code in a known language is coloured once, when the page has
 * nothing better to do; with a blank language it stays plain.
 */
export function showCode(element: HTMLElement, code: string, language: string): void {
  const { firstChild, textContent } = element;
  if (textContent === code && languages.get(element) === language) return;
  languages.set(element, language);
  if (firstChild instanceof Text && firstChild.data === textContent) writeText(firstChild, code);
  else element.textContent = code;
  if (language && code.length <= maxHighlightLength) void colour(element, code, language);
}

/** To import is no cheap call, and an answer can have many blocks. */
let loading: Promise<typeof import('./highlight/colour-code.js')> | undefined;

async function colour(element: HTMLElement, code: string, language: string): Promise<void> {
  try {
    loading ??= import('./highlight/colour-code.js');
    const { colourCode } = await loading;
    const coloured = await colourCode(code, language, element);
    if (coloured && element.textContent === code && languages.get(element) === language)
      element.replaceChildren(...coloured);
  } catch {
    // The chunk did not load or the grammar failed: plain code is complete as it is, and the next block tries again.
    loading = undefined;
  }
}
