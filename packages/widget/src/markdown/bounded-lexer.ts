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

/** Lexes like marked, in time and stack that hostile text cannot blow up, and lets the last run of text be edited. */
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
    try {
      return super.blockTokens(source, tokens, lastParagraphClipped);
    } finally {
      this.#blockDepth--;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#inlineDepth >= maxInlineDepth) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    this.#inlineDepth++;
    try {
      const pieceLength = source.length > maxMarkedLength && isFullOfMarks(source) ? maxMarkedLength : maxInlineLength;
      for (let start = 0; start < source.length; ) {
        const end = endOfPiece(source, start, pieceLength);
        super.inlineTokens(source.slice(start, end), tokens);
        start = end;
      }
      return tokens;
    } finally {
      this.#inlineDepth--;
    }
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

class BoundedTokenizer extends Tokenizer {
  override blockquote(source: string): Tokens.Blockquote | undefined {
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
