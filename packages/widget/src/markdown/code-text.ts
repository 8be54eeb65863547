import { noChange, nothing, render } from 'lit';
import { Directive, type DirectiveResult, directive, type ElementPart } from 'lit/directive.js';

/** Longer code stays plain: colouring it would hold up the page. */
const maxHighlightLength = 20_000;

/**
 * Fills a `<code>` element with one text node that grows by `appendData`: the browser lays out only what is new. Closed
 * code in a known language is coloured once, when the page has nothing better to do.
 */
class CodeText extends Directive {
  readonly #node: Text = document.createTextNode('');
  #code: string = '';
  #language: string = '';
  #isColoured: boolean = false;

  override render(_code: string, _language: string, _open: boolean): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [code, language, open]: [string, string, boolean]): unknown {
    const wanted = open ? '' : language;
    if (code === this.#code && wanted === this.#language) return noChange;
    this.#setText(code);
    this.#language = wanted;
    if (this.#isColoured) render(nothing, element as HTMLElement);
    this.#isColoured = false;
    if (this.#node.parentNode !== element) element.append(this.#node);
    if (wanted && code.length <= maxHighlightLength) void this.#colour(element as HTMLElement, wanted, code);
    return noChange;
  }

  #setText(code: string): void {
    if (code.startsWith(this.#code)) this.#node.appendData(code.slice(this.#code.length));
    else this.#node.data = code;
    this.#code = code;
  }

  async #colour(element: HTMLElement, language: string, code: string): Promise<void> {
    try {
      const { colourCode } = await import('./highlight/colour-code.js');
      const coloured = await colourCode(code, language, element);
      if (!coloured || this.#isColoured || this.#code !== code || this.#language !== language) return;
      this.#isColoured = true;
      this.#node.remove();
      render(coloured, element);
    } catch {
      // The chunk did not load or the grammar failed: plain code is complete as it is.
    }
  }
}

const directiveOfCodeText = directive(CodeText);

/** Shows code in the `<code>` element that it stands in: `<code ${codeText(…)}></code>`. */
export function codeText(code: string, language: string, open: boolean): DirectiveResult {
  return directiveOfCodeText(code, language, open);
}
