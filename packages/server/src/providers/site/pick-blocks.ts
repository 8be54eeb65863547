import type { Block } from '../../content/split-sections.js';

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
  isWhole: boolean;
  isCode: boolean;
  /** It announces what stands next: "The steps are:". */
  announces: boolean;
}

/** A list, table or code block that answers is worth more room than prose, and is cut by its rows beyond this. */
const wholeFactor = 1.6;
const maxTableChars = 4_000;

/** What says less than this share of the best piece is about something else. */
const minShare = 0.4;
const firstBonus = 0.2;
/** An example that uses a word explains it less than a sentence or a row that has it. */
const codeFactor = 0.7;

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
  const most = Math.max(...pieces.map(({ weight }) => weight));
  const order = pieces
    // The first sentence of a section tends to be its answer, so it wins among equals.
    .map(({ weight }, at) => ({ at, weight: weight + (at === 0 ? most * firstBonus : 0) }))
    .filter(({ weight }) => weight >= most * minShare)
    .sort((a, b) => b.weight - a.weight || a.at - b.at);
  for (const { at } of order) {
    const unit = withNeighbours(pieces, at).filter((one) => !taken.has(one));
    const size = unit.reduce((sum, one) => sum + (pieces[one]?.markdown.length ?? 0) + 2, 0);
    const isTable = unit.some((one) => pieces[one]?.isWhole) && ![...taken].some((one) => pieces[one]?.isWhole);
    const room = isTable && (pieces[at]?.weight ?? 0) === most ? maxTableChars : options.maxChars;
    if (length + size <= room) unit.forEach(take);
    else if (taken.size === 0) take(at);
  }
  return join(
    pieces,
    [...taken].sort((a, b) => a - b),
  );
}

function toPieces(block: Block, at: number, options: PickOptions): Piece[] {
  const isProse = block.kind === 'prose' && !block.markdown.startsWith('>');
  const toPiece = (markdown: string, text: string): Piece => ({
    block: at,
    markdown,
    weight: options.weigh(text) * (block.kind === 'code' ? codeFactor : 1),
    isWhole: !isProse,
    isCode: block.kind === 'code',
    announces: /[:：]\**$/.test(markdown),
  });
  if (isProse) return splitSentences(block.markdown).map((sentence) => toPiece(sentence, sentence));
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

/** Keeps the rows or items that answer, when some do; a long table or list is else the answer as a whole. */
function shorten({ kind, markdown }: Block, { weigh, maxChars }: PickOptions): string {
  if (markdown.length <= maxChars * wholeFactor || kind === 'code' || kind === 'prose') return markdown;
  const rows = kind === 'table' ? markdown.split('\n') : markdown.split(/\n(?=[-*+] |\d+[.)] )/);
  const head = kind === 'table' ? rows.splice(0, 2) : [];
  const weights = rows.map(weigh);
  const most = Math.max(...weights);
  const kept = most === 0 ? rows : rows.filter((_, at) => (weights[at] ?? 0) >= most * minShare);
  let length = 0;
  const fitting = kept.filter((row) => {
    length += row.length + 1;
    return length <= maxTableChars;
  });
  return [...head, ...fitting].join('\n');
}

function withNeighbours(pieces: readonly Piece[], at: number): number[] {
  const previous = pieces[at - 1];
  // Code does not say by itself what it is for.
  const isExplained = pieces[at]?.isCode === true && previous?.isWhole === false;
  const belongs = isExplained || (previous?.announces === true && previous.block !== pieces[at]?.block);
  const after = pieces[at]?.announces && at + 1 < pieces.length ? [at + 1] : [];
  return [...(belongs ? [at - 1] : []), at, ...after];
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
