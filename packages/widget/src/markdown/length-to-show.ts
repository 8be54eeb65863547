import type { Token } from 'marked';
import { mayCloseFence, openFenceOf } from './open-fence.js';

/**
 * Nothing but marks: a list item, heading, rule, fence, quote or table row to be. Or the definition of a link or a
 * footnote: at each word it is now the one, now the other.
 */
const undecided = /^(?:[\s>|:=_~`#*+\-\d.)[\]]*$| {0,3}\[[^\]]+\]:)/;
/** A line that is longer than this and still undecided is shown as it is. */
const maxHeldLine = 300;

/**
 * Tells how many characters of a growing source can be shown: all, or those before a last line that may turn out to be
 * something else. `leaf` is the block that the source ends in.
 */
export function lengthToShow(source: string, leaf: Token | undefined): number {
  const lineStart = source.lastIndexOf('\n') + 1;
  const line = source.slice(lineStart);
  const fence = openFenceOf(leaf);
  if (leaf && fence) {
    const isOpeningLine = !leaf.raw.includes('\n') && line !== '';
    return isOpeningLine || mayCloseFence(line.trimStart(), fence) ? lineStart : source.length;
  }
  if (line.length > maxHeldLine) return source.length;
  if (line !== '' && (leaf?.type === 'table' || undecided.test(line))) return lineStart;
  return startOfTableHeader(source, leaf) ?? source.length;
}

/** `| a | b |` is a paragraph until the delimiter row below it has come. */
function startOfTableHeader(source: string, leaf: Token | undefined): number | undefined {
  if ((leaf?.type !== 'paragraph' && leaf?.type !== 'text') || source.endsWith('\n\n')) return;
  const header = leaf.raw.trim();
  if (!header.startsWith('|') || header.includes('\n') || header.length > maxHeldLine) return;
  const start = source.lastIndexOf(header);
  return start < 0 ? undefined : start;
}
