import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { DirectiveResult } from 'lit/directive.js';
import { type CodeLanguage, toCodeLanguage } from './code-languages.js';
import { renderCodeSpans } from './render-code-spans.js';

/** Longer code stays plain: colouring it would hold up the page. */
const maxHighlightLength = 20_000;

/**
 * Shows code as one text node that grows by `appendData`: the browser lays out only what is new. Closed code in a
 * known language is coloured once, when the page has nothing better to do.
 */
class CodeText extends AsyncDirective {
  readonly #node: Text = document.createTextNode('');
  #shown: string = '';
  #language: CodeLanguage | undefined;
  #state: 'plain' | 'waiting' | 'coloured' = 'plain';

  render(code: string, language: string, open: boolean): unknown {
    const isSame = code === this.#shown;
    if (!isSame) this.#setText(code);
    const known = open ? undefined : toCodeLanguage(language);
    if (isSame && known === this.#language) return this.#state === 'coloured' ? noChange : this.#node;
    this.#language = known;
    this.#state = 'plain';
    this.#startHighlight();
    return this.#node;
  }

  protected override reconnected(): void {
    if (this.#state === 'plain') this.#startHighlight();
  }

  protected override disconnected(): void {
    if (this.#state === 'waiting') this.#state = 'plain';
  }

  #setText(code: string): void {
    if (code.startsWith(this.#shown)) this.#node.appendData(code.slice(this.#shown.length));
    else this.#node.data = code;
    this.#shown = code;
  }

  #startHighlight(): void {
    if (!this.#language || this.#shown.length > maxHighlightLength) return;
    this.#state = 'waiting';
    whenIdle(() => void this.#highlight());
  }

  async #highlight(): Promise<void> {
    const language = this.#language;
    const code = this.#shown;
    const isWanted = (): boolean =>
      this.isConnected && this.#state === 'waiting' && this.#language === language && this.#shown === code;
    if (!language || !isWanted()) return;
    try {
      const { highlightCode } = await import('./highlight/highlight-code.js');
      const coloured = await highlightCode(code, language);
      if (!isWanted()) return;
      this.#state = 'coloured';
      this.setValue(renderCodeSpans(coloured));
    } catch {
      // The chunk did not load or the grammar failed: plain code is complete as it is.
    }
  }
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 500 });
  else setTimeout(run, 50);
}

const directiveOfCodeText = directive(CodeText);

/** The content of a `<code>` element. */
export function codeText(code: string, language: string, open: boolean): DirectiveResult {
  return directiveOfCodeText(code, language, open);
}
