import type { FoundFormula } from './formula-text.js';
import { loadKatex, type ToMathTree } from './load-katex.js';
import { toMathNodes } from './to-math-nodes.js';

let toTree: ToMathTree | undefined;

/** Shows one formula: its source until it is closed and KaTeX is there, and for good when KaTeX cannot read it. */
export class FormulaView {
  readonly element: HTMLElement = document.createElement('span');
  #shown: string = '';

  constructor() {
    this.element.part.add('formula');
    // TeX is written from left to right in every language.
    this.element.dir = 'ltr';
  }

  update(formula: FoundFormula): void {
    const { source, isDisplay, isClosed } = formula;
    const shown = `${isClosed} ${source}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.className = `formula${isDisplay ? ' display' : ''}`;
    this.element.textContent = source;
    if (isClosed && toTree) this.#show(formula, toTree);
    else if (isClosed) void this.#showLater(formula);
  }

  async #showLater(formula: FoundFormula): Promise<void> {
    const shown = this.#shown;
    try {
      toTree = await loadKatex();
      // Another one may be here by now.
      if (this.#shown === shown) this.#show(formula, toTree);
    } catch (error) {
      // The source stays.
      reportError(error);
    }
  }

  #show({ tex, isDisplay }: FoundFormula, toMath: ToMathTree): void {
    try {
      this.element.replaceChildren(...toMathNodes(toMath(tex, isDisplay)));
    } catch {
      // No TeX, or more of it than KaTeX can take: the source is shown.
      return;
    }
    if (!isDisplay) return;
    // It scrolls when it is wider than the answer, by keyboard too.
    this.element.tabIndex = 0;
    this.element.role = 'group';
    this.element.ariaLabel = tex.trim();
  }
}
