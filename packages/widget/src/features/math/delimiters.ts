/** Further on than this, what opened a formula did not. */
const maxInlineLength = 200;
const maxDisplayLength = 4000;

export interface Opening {
  /** Delimiters and all; undefined while the end is still to come. */
  source: string | undefined;
  tex: string;
  isDisplay: boolean;
}

/** Where the paragraph that a text begins in is over, by a blank line, also inside a quote. */
export function endOfParagraph(text: string): number {
  const end = text.search(/\n[ \t>]*\r?\n/);
  return end < 0 ? text.length : end;
}

/**
 * Reads the formula that begins at `start` of `text`: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. Gives undefined when none
 * does. With `open` more text is to come.
 */
export function readFormula(text: string, start: number, open: boolean): Opening | undefined {
  const opener = /^(?:\$\$?|\\[([])/.exec(text.slice(start, start + 2))?.[0];
  if (!opener || !mayStand(text[start - 1] ?? ' ', opener)) return undefined;
  const closer = closers[opener] as string;
  const isDisplay = opener === '$$' || opener === '\\[';
  const maxLength = isDisplay ? maxDisplayLength : maxInlineLength;
  const contentStart = start + opener.length;
  const rest = text.slice(contentStart, contentStart + maxLength + 2);
  const paragraph = rest.slice(0, endOfParagraph(rest));
  const length = findUnescaped(paragraph, closer);
  const tex = length < 0 ? paragraph : paragraph.slice(0, length);
  if (opener === '$' && !mayBeInline(tex)) return undefined;
  const end = contentStart + tex.length + closer.length;
  const isAtEnd = contentStart + paragraph.length === text.length && tex.length <= maxLength;
  if (length < 0 || (open && end === text.length && opener === '$'))
    return open && isAtEnd ? { source: undefined, tex, isDisplay } : undefined;
  const isFormula = tex.trim() !== '' && (opener !== '$' || isClosedAt(tex, text[end] ?? ''));
  return isFormula ? { source: text.slice(start, end), tex, isDisplay } : undefined;
}

const closers: Readonly<Record<string, string>> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };

function findUnescaped(text: string, mark: string): number {
  for (let index = text.indexOf(mark); index >= 0; index = text.indexOf(mark, index + 1)) {
    const slashes = /\\*$/.exec(text.slice(Math.max(0, index - 20), index))?.[0].length ?? 0;
    if (slashes % 2 === 0) return index;
  }
  return -1;
}

/** An address and a variable of a shell have a `$` too, and `a\[b\]` is a bracket. */
function mayStand(before: string, opener: string): boolean {
  if (opener === '\\[') return /[\s>:：。，]/.test(before);
  return opener === '\\(' || !/[\w$/=&?#%+~-]/.test(before);
}

/** "5 per month, or 50" is a price. */
function mayBeInline(tex: string): boolean {
  const isPrice = /^\d/.test(tex) && /\s\p{L}{2,}/u.test(tex) && !/[\\^_=]/.test(tex);
  return !isPrice && !tex.includes('`') && !/^[\s.,:;!?)]/.test(tex);
}

/** `$5 and $6` is not a formula: the closing sign follows it directly, and no digit follows the sign. */
const isClosedAt = (tex: string, after: string): boolean => !/\s$/.test(tex) && !/[\w$]/.test(after);
