import type { MarkedToken } from 'marked';
import type { Definitions } from './bounded-lexer.js';
import { collectDefinitions } from './collect-definitions.js';
import { findFrozenEnd } from './find-frozen-end.js';
import { lexMarkdown } from './lex-markdown.js';
import { normalizeMarkdown } from './normalize-markdown.js';
import { StreamedFence } from './streamed-fence.js';

/** A live end that is longer than this is lexed again only when it has grown by a 64th: linear in the text. */
const eagerLength = 2048;
/** To compare all of a long text with every update would cost the square of it; the end of the text settles it. */
const comparedLength = 256;

/**
 * Keeps the blocks of a growing text. Lexes only its live end: a block is frozen when a blank line closes it and two
 * more blocks have begun. When the text ends, its live end is lexed as it is, and where something may reach back (a link
 * definition below its link) the whole; blocks that come out the same stay the same objects.
 */
export class MarkdownStream {
  /** All blocks so far; changed in place. A new object stands for a block that has to be rendered again. */
  readonly blocks: MarkedToken[] = [];
  #text: string = '';
  #open: boolean = true;
  /** How much of `#text` has gone into `#live` or is frozen. */
  #takenLength: number = 0;
  #frozenBlocks: number = 0;
  #definitions: Definitions = {};
  /** The live end of the text, normalised. */
  #live: string = '';
  #lexedLength: number = 0;
  #fence: StreamedFence | undefined;

  /** Takes the whole text so far. */
  update(text: string, open: boolean): void {
    if (text === this.#text && open === this.#open) return;
    // What may define a link changes what has been frozen before it.
    if (!this.#open || !isContinued(this.#text, text) || (!open && text.includes(']:'))) this.#restart();
    this.#text = text;
    this.#open = open;
    // The other half of a line break or of a character is still to come.
    const end = open && /[\r\ud800-\udbff]$/.test(text.slice(-1)) ? text.length - 1 : text.length;
    this.#live += normalizeMarkdown(text.slice(this.#takenLength, end));
    this.#takenLength = end;
    if (!open) this.#replaceLive(lexMarkdown(this.#live, this.#definitions, false));
    else if (!this.#growFence()) this.#lexLive();
  }

  #restart(): void {
    this.#takenLength = 0;
    this.#frozenBlocks = 0;
    this.#definitions = {};
    this.#live = '';
    this.#lexedLength = 0;
    this.#fence = undefined;
  }

  #growFence(): boolean {
    const token = this.#fence?.read(this.#live);
    if (!token) {
      this.#fence = undefined;
      return false;
    }
    const index = this.blocks.length - 1;
    if (this.blocks[index]?.raw.length !== token.raw.length) this.blocks[index] = token;
    return true;
  }

  #lexLive(): void {
    const { length } = this.#live;
    if (length > eagerLength && this.#lexedLength > 0 && length - this.#lexedLength < (length - eagerLength) / 64)
      return;
    const lexed = lexMarkdown(this.#live, this.#definitions, true);
    this.#replaceLive(lexed);
    this.#fence = StreamedFence.from(lexed, this.#live);
    this.#freeze(lexed);
    this.#lexedLength = this.#live.length;
  }

  #replaceLive(tokens: readonly MarkedToken[]): void {
    const before = this.blocks.splice(this.#frozenBlocks);
    tokens.filter(isShown).forEach((token, index) => void this.blocks.push(keep(before[index], token)));
  }

  #freeze(tokens: readonly MarkedToken[]): void {
    const end = findFrozenEnd(tokens, eagerLength);
    const frozen = tokens.slice(0, end);
    const source = frozen.map(({ raw }) => raw).join('');
    if (source === '' || this.#fence || !this.#live.startsWith(source)) return;
    collectDefinitions(frozen, this.#definitions);
    this.#frozenBlocks += frozen.filter(isShown).length;
    this.#live = this.#live.slice(source.length);
  }
}

function isContinued(before: string, after: string): boolean {
  const start = Math.max(0, before.length - comparedLength);
  return after.startsWith(before.slice(start), start);
}

const isShown = ({ type }: MarkedToken): boolean => type !== 'space' && type !== 'def';

/** The same source can be read in another way when more has come, as what makes a link of `[it]` may come later. */
function keep(before: MarkedToken | undefined, after: MarkedToken): MarkedToken {
  return before?.raw === after.raw && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
