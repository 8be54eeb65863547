import { endOfParagraph, readFormula } from './delimiters.js';
import { toMark, withoutMarks } from './formula-mark.js';

/** A formula of a text; it begins as what has been read of it. */
export interface FoundFormula {
  /** As it stands in the text, delimiters and all. */
  source: string;
  tex: string;
  isDisplay: boolean;
  isClosed: boolean;
}

/** So many formulas of one answer are shown as such; the others stay text. */
const maxFormulas = 1000;
const maxCodeLength = 2000;
/** The end of the text so far tells whether it has gone on. */
const comparedLength = 256;

const fenceLine = /(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})/y;
const fenceToBe = /^(?:[ \t>]|[-+*](?:[ \t]|$)|\d{1,9}(?:$|[.)](?:[ \t]|$)))*(?:`+|~+)?$/;

/**
 * Puts marks into a growing Markdown text in the place of its formulas, so that no rule of Markdown is applied to what is
 * in them. Code stays as it is. What has been settled is not read again.
 */
export class FormulaText {
  /** By the number in their marks. */
  readonly formulas: FoundFormula[] = [];
  #text: string = '';
  #open: boolean = true;
  #marked: string = '';
  /** Settled so far: of the text, of what came out, and of the formulas. */
  #at: number = 0;
  #out: string = '';
  #count: number = 0;
  #fence: string = '';
  #isLineStart: boolean = true;

  /** Takes the whole text so far, and gives it with marks. */
  take(text: string, open: boolean): string {
    if (text === this.#text && open === this.#open) return this.#marked;
    const compared = Math.max(0, this.#text.length - comparedLength);
    // What ends is read once as a whole: it comes out the same however it came.
    if (!open || !this.#open || !text.startsWith(this.#text.slice(compared), compared)) this.#restart();
    this.#text = text;
    this.#open = open;
    let tail = '';
    while (this.#at < text.length) {
      const rest = this.#step(text, open);
      if (rest === undefined) continue;
      tail = rest;
      break;
    }
    this.#marked = this.#out + tail;
    return this.#marked;
  }

  #restart(): void {
    this.#at = 0;
    this.#out = '';
    this.#count = 0;
    this.#fence = '';
    this.#isLineStart = true;
  }

  /** Settles a piece of the text. Gives what is shown of the rest when that cannot be told yet. */
  #step(text: string, open: boolean): string | undefined {
    if (this.#isLineStart) return this.#beginLine(text, open);
    if (this.#fence) return this.#settle(endOfLine(text, this.#at));
    switch (text[this.#at]) {
      case '\n':
        this.#isLineStart = true;
        return this.#settle(this.#at + 1);
      case '`':
        return this.#passCode(text, open);
      case '$':
      case '\\':
        return this.#passFormula(text, open);
      default: {
        const plain = /[\n`$\\]/g;
        plain.lastIndex = this.#at;
        return this.#settle(plain.exec(text)?.index ?? text.length);
      }
    }
  }

  #settle(end: number): undefined {
    this.#out += withoutMarks(this.#text.slice(this.#at, end));
    this.#at = end;
    this.#isLineStart ||= this.#fence !== '' && this.#text[end - 1] === '\n';
  }

  #beginLine(text: string, open: boolean): string | undefined {
    const end = endOfLine(text, this.#at);
    const line = text.slice(this.#at, Math.min(end, this.#at + maxCodeLength));
    if (open && end === text.length && !line.endsWith('\n') && fenceToBe.test(line)) return withoutMarks(line);
    this.#isLineStart = false;
    fenceLine.lastIndex = this.#at;
    const fence = fenceLine.exec(text)?.[1] ?? '';
    if (!this.#fence && fence) {
      this.#fence = fence;
      return this.#settle(end);
    }
    if (this.#fence && fence.startsWith(this.#fence) && /[`~][ \t\r]*\n?$/.test(line)) {
      // The next line begins behind it.
      this.#settle(end);
      this.#fence = '';
      this.#isLineStart = true;
    }
    return undefined;
  }

  #passCode(text: string, open: boolean): string | undefined {
    const run = /`+/y;
    run.lastIndex = this.#at;
    const ticks = run.exec(text)?.[0] ?? '`';
    const start = this.#at + ticks.length;
    const rest = text.slice(start, start + maxCodeLength);
    const paragraph = rest.slice(0, endOfParagraph(rest));
    for (let index = paragraph.indexOf(ticks); index >= 0; ) {
      const end = endOfRun(paragraph, index);
      if (end - index === ticks.length) return this.#settle(start + end);
      index = paragraph.indexOf(ticks, end);
    }
    const isOpen = open && start + paragraph.length === text.length;
    return isOpen ? withoutMarks(text.slice(this.#at)) : this.#settle(start);
  }

  #passFormula(text: string, open: boolean): string | undefined {
    const isCut = open && this.#at === text.length - 1;
    if (isCut) return text[this.#at];
    const found = this.#count < maxFormulas ? readFormula(text, this.#at, open) : undefined;
    if (!found) return this.#settle(this.#at + (text[this.#at] === '\\' || text[this.#at + 1] === '$' ? 2 : 1));
    const { source, isDisplay } = found;
    // What may be a price is a text like any other until it is a formula.
    if (source === undefined && /^\$\d/.test(text.slice(this.#at, this.#at + 2)))
      return withoutMarks(text.slice(this.#at));
    const tex = found.tex.replace(/\n[ \t]*(?:>[ \t]?)+/g, '\n');
    const formula = { tex, isDisplay, source: source ?? text.slice(this.#at), isClosed: source !== undefined };
    this.formulas[this.#count] = formula;
    if (source === undefined) return toMark(this.#count);
    this.#out += toMark(this.#count);
    this.#count += 1;
    this.#at += source.length;
    return undefined;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function endOfRun(text: string, start: number): number {
  let end = start;
  while (text[end] === '`') end += 1;
  return end;
}
