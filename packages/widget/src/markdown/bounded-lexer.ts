import { Lexer, type Token, Tokenizer, type Tokens } from 'marked';

/** Where link reference definitions point, by normalised label. */
export type Definitions = Lexer['tokens']['links'];

// marked recurses once per level; a page of `>` overflows the stack. Text below these depths stays text.
const maxBlockDepth = 20;
const maxInlineDepth = 20;
// Emphasis is quadratic in the length of one run of text (`a__b` repeated), so a long run is lexed in pieces, and one
// that is full of marks in small ones. No paragraph that is read is as long or as full.
const maxInlineLength = 6000;
const maxMarks = 300;
const maxMarkedLength = 400;
// Lazy lines (`> a`, then `b`, repeated) cost the square of the quote.
const maxQuoteLength = 8000;

/**
 * Lexes like marked, in time and stack that hostile text cannot blow up, and lets the last run of text be edited. Of no
 * use any more once it has thrown.
 */
export class BoundedLexer extends Lexer {
  #blockDepth: number = 0;
  #inlineDepth: number = 0;

  constructor(definitions: Definitions) {
    super({ gfm: true, tokenizer: new BoundedTokenizer() });
    Object.assign(this.tokens.links, definitions);
  }

  override blockTokens(source: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: Lexer['tokens'], lastParagraphClipped?: boolean): Lexer['tokens'];
  override blockTokens(source: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
    if (this.#blockDepth >= maxBlockDepth) {
      tokens.push({ type: 'text', raw: source, text: source, tokens: this.inline(source) });
      return tokens;
    }
    this.#blockDepth++;
    super.blockTokens(source, tokens, lastParagraphClipped);
    this.#blockDepth--;
    return tokens;
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#inlineDepth >= maxInlineDepth) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    this.#inlineDepth++;
    const pieceLength = source.length > maxMarkedLength && isFullOfMarks(source) ? maxMarkedLength : maxInlineLength;
    for (let start = 0; start < source.length; ) {
      const end = endOfPiece(source, start, pieceLength);
      super.inlineTokens(source.slice(start, end), tokens);
      start = end;
    }
    this.#inlineDepth--;
    return tokens;
  }

  /** Lexes the inline text of every block that `blockTokens` has queued. */
  lexQueuedInline(): void {
    for (const { src, tokens } of this.inlineQueue) {
      this.state.inRawBlock = false;
      this.inlineTokens(src, tokens);
    }
    this.inlineQueue = [];
  }
}

/** The line below a heading, behind lines without a blank one. */
const headingLine = /^(?:.+\n)+? {0,3}[=-]+[ \t]*(?:\n|$)/;
/** A paragraph that ends in front of a blank line or an item, and has no line that could begin anything else. */
const plainParagraph = /^[^\n]+(?:\n[a-zA-Z\u0080-\uffff("'[][^\n]*)*(?=\n *\n|\n?$|\n[*+-] \S)/;

/**
 * Asks marked's larger rules only about what may be theirs. They know all elements of HTML: for the first text that such
 * a rule is asked about, the browser makes up to 240 KB of machine code of it, in as much time as a short answer takes.
 */
class BoundedTokenizer extends Tokenizer {
  override html(source: string): Tokens.HTML | undefined {
    return /^ *</.test(source) ? super.html(source) : undefined;
  }

  override table(source: string): Tokens.Table | undefined {
    return /^[^\n]+\n *[|:-]/.test(source) ? super.table(source) : undefined;
  }

  /** Is asked before `paragraph`, which marked wants to be its own. */
  override lheading(source: string): Tokens.Heading | undefined {
    const { top, lastToken } = this.lexer.state;
    const text = top && lastToken?.type !== 'paragraph' && plainParagraph.exec(source)?.[0];
    if (text) return { type: 'paragraph', raw: text, text, tokens: this.lexer.inline(text) } as Token as Tokens.Heading;
    return headingLine.test(source) ? super.lheading(source) : undefined;
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    if (!/^ *>/.test(source)) return undefined;
    const isLong = source.length > maxQuoteLength;
    return super.blockquote(isLong ? source.slice(0, source.lastIndexOf('\n', maxQuoteLength) + 1) || source : source);
  }
}

function isFullOfMarks(source: string): boolean {
  let marks = 0;
  for (let index = 0; index < source.length && marks <= maxMarks; index++) {
    if ('*_~[`<!'.includes(source.charAt(index))) marks++;
  }
  return marks > maxMarks;
}

function endOfPiece(source: string, start: number, pieceLength: number): number {
  const end = start + pieceLength;
  if (end >= source.length) return source.length;
  const space = source.lastIndexOf(' ', end);
  return space > start ? space : end;
}
