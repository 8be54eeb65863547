import { closeInline } from './close-inline.js';

const openMark = /^(?:[-+*]{1,2}|\d{1,9}[.)]|#{1,6})?(?:\[[xX]?\]?)?$/;
const fences = /^[\s>]*(?:```|~~~)/gm;

/**
 * Mends the end of an answer that broke off: drops a last line that is only the mark of a list item, heading or quote
 * to be, and closes what is bold, a link or code in its last paragraph.
 */
export function withoutOpenMark(text: string): string {
  const start = text.lastIndexOf('\n');
  const line = text.slice(start + 1).replace(/[\s>]+/g, '');
  const kept = openMark.test(line) ? text.slice(0, Math.max(0, start)) : text;
  // In a block of code a mark is no mark.
  if ((kept.match(fences)?.length ?? 0) % 2) return kept;
  const paragraph = kept.lastIndexOf('\n\n') + 1;
  // Behind a blank nothing can follow that would make more of these than what they are.
  const end = /([!\\]|[&<][\w/]*)$/.test(kept) ? ' ' : '';
  return kept.slice(0, paragraph) + closeInline(kept.slice(paragraph) + end);
}
