import type { Block } from './split-sections.js';

export interface PickOptions {
  /** What a piece of the section says about the question; 0 for nothing. */
  weigh: (text: string) => number;
  maxChars: number;
}

/** A sentence, or a list, table or code block, that is taken or left whole. */
interface Piece {
  block: number;
  markdown: string;
  weight: number;
  /** It announces what stands next: "The steps are:". */
  announces: boolean;
}

/** A list, table or code block that answers is worth more room than prose, and is cut by its rows beyond this. */
const wholeFactor = 1.6;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Chooses what to quote of a section: all of it where it is short, else the pieces that say most, in their order. */
export function pickBlocks(blocks: readonly Block[], options: PickOptions): string {
  const whole = blocks.map(({ markdown }) => markdown).join('\n\n');
  if (whole.length <= options.maxChars) return whole;
  const pieces = blocks.flatMap((block, at) => toPieces(block, at, options));
  const taken = new Set<number>();
  let length = 0;
  const take = (at: number): void => {
    taken.add(at);
    length += (pieces[at]?.markdown.length ?? 0) + 2;
  };
  // The first sentence of a section tends to be its answer, so it wins among equals and stands in for none.
  const order = pieces
    .map((piece, at) => ({ at, weight: piece.weight + (at === 0 ? 0.5 : 0) }))
    .sort((a, b) => b.weight - a.weight || a.at - b.at);
  for (const { at } of order) {
    const unit = withNeighbours(pieces, at).filter((one) => !taken.has(one));
    const size = unit.reduce((sum, one) => sum + (pieces[one]?.markdown.length ?? 0) + 2, 0);
    const room = taken.size === 0 ? options.maxChars * wholeFactor : options.maxChars;
    if (length + size <= room) unit.forEach(take);
    else if (taken.size === 0) take(at);
  }
  return join(
    pieces,
    [...taken].sort((a, b) => a - b),
  );
}

function toPieces(block: Block, at: number, options: PickOptions): Piece[] {
  const toPiece = (markdown: string, text: string): Piece => ({
    block: at,
    markdown,
    weight: options.weigh(text),
    announces: /[:：]\**$/.test(markdown),
  });
  if (block.kind === 'prose' && !block.markdown.startsWith('>'))
    return splitSentences(block.markdown).map((sentence) => toPiece(sentence, sentence));
  return [toPiece(shorten(block, options), block.text)];
}

/** Sentence ends inside a link, emphasis or code are not ends. */
function splitSentences(markdown: string): string[] {
  const found: string[] = [];
  let open = '';
  for (const { segment } of sentences.segment(markdown.replace(/\s*\n\s*/g, ' '))) {
    open += segment;
    if (!isBalanced(open)) continue;
    found.push(open.trim());
    open = '';
  }
  if (open.trim() !== '') found.push(open.trim());
  return found.filter((sentence) => sentence !== '');
}

function isBalanced(text: string): boolean {
  const count = (mark: string): number => text.split(mark).length - 1;
  return count('`') % 2 === 0 && count('**') % 2 === 0 && count('[') === count(']') && count('(') <= count(')');
}

function shorten({ kind, markdown }: Block, { weigh, maxChars }: PickOptions): string {
  if (markdown.length <= maxChars * wholeFactor || kind === 'code' || kind === 'prose') return markdown;
  const rows = kind === 'table' ? markdown.split('\n') : markdown.split(/\n(?=[-*+] |\d+[.)] )/);
  const head = kind === 'table' ? rows.slice(0, 2) : [];
  const kept = [...head];
  let length = head.join('\n').length;
  for (const row of rows.slice(head.length)) {
    if (weigh(row) === 0 || length + row.length > maxChars) continue;
    kept.push(row);
    length += row.length + 1;
  }
  return kept.length > head.length ? kept.join('\n') : rows.slice(0, head.length + 3).join('\n');
}

function withNeighbours(pieces: readonly Piece[], at: number): number[] {
  const before = pieces[at - 1]?.announces && pieces[at - 1]?.block !== pieces[at]?.block ? [at - 1] : [];
  const after = pieces[at]?.announces && at + 1 < pieces.length ? [at + 1] : [];
  return [...before, at, ...after];
}

function join(pieces: readonly Piece[], taken: readonly number[]): string {
  let text = '';
  let last: number | undefined;
  for (const at of taken) {
    const piece = pieces[at];
    if (piece === undefined) continue;
    const before = last === undefined ? undefined : pieces[last];
    if (before === undefined) text += piece.markdown;
    else if (before.block !== piece.block) text += `\n\n${piece.markdown}`;
    // Words left out of a paragraph show.
    else text += (at - (last ?? 0) > 1 ? ' … ' : ' ') + piece.markdown;
    last = at;
  }
  return text;
}
