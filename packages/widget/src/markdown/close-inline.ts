// Knows how a line of Markdown that has not ended yet should look meanwhile. It only decides what is shown for a
// moment: the whole text is lexed again, as it stands, when it has ended.

/** Further back than this, an opening mark was no mark. */
const maxOpenLength = 200;
const maxDestinationLength = 1000;
/** Only the end of a long run is looked at: the same work for each update, however long the text. */
const maxScannedLength = 2000;
/** Real texts do not nest deeper, and closing more would cost the lexer quadratic time. */
const maxOpeners = 4;

interface Opener {
  mark: string;
  index: number;
}

interface Scan {
  source: string;
  index: number;
  openers: Opener[];
  /** Lengths of backtick runs that have no partner further on. */
  unmatchedTicks: Set<number>;
  /** Everything from here on is left out. */
  cutAt?: number;
  /** Shown in its place, before the marks of `openers`. */
  ending?: string;
}

/** Closes what is begun and leaves out what cannot be told yet, at the end of a run of inline text. */
export function closeInline(source: string): string {
  const start = source.length > maxScannedLength ? source.indexOf(' ', source.length - maxScannedLength) : 0;
  return (
    source.slice(0, Math.max(start, 0)) + closeEnd(start < 0 ? source.slice(-maxScannedLength) : source.slice(start))
  );
}

function closeEnd(source: string): string {
  const scan: Scan = { source, index: 0, openers: [], unmatchedTicks: new Set() };
  while (scan.index < source.length && scan.cutAt === undefined && scan.ending === undefined) step(scan);
  const { openers, cutAt, ending = '' } = scan;
  let shown = source.slice(0, cutAt ?? source.length) + ending;
  if (cutAt === undefined) shown = shown.replace(/&#?\w{0,30}$/, '');
  for (let last = openers.at(-1); last; last = openers.at(-1)) {
    if (last.mark !== '[' && shown.slice(last.index + last.mark.length).trim() !== '') break;
    if (last.mark !== '[') shown = shown.slice(0, last.index);
    openers.pop();
  }
  const marks = openers.filter(({ mark }) => mark !== '[').map(({ mark }) => mark);
  return marks.length > 0 ? shown.trimEnd() + marks.reverse().join('') : shown;
}

const steps: Readonly<Record<string, (scan: Scan) => void>> = {
  '\\': stepEscape,
  '`': stepCode,
  '<': stepAngle,
  '!': stepBang,
  '[': stepBracket,
  ']': stepLabelEnd,
  '*': stepEmphasis,
  _: stepEmphasis,
  '~': stepEmphasis,
};

function step(scan: Scan): void {
  const stepMark = steps[scan.source.charAt(scan.index)];
  if (stepMark) stepMark(scan);
  else scan.index++;
}

function stepBang(scan: Scan): void {
  const next = scan.source[scan.index + 1];
  if (next === '[') stepBracket(scan);
  else if (next === undefined) scan.cutAt = scan.index;
  scan.index++;
}

function stepEscape(scan: Scan): void {
  if (scan.index === scan.source.length - 1) scan.cutAt = scan.index;
  scan.index += 2;
}

function stepCode(scan: Scan): void {
  const { source, index } = scan;
  const run = runAt(source, index);
  const content = index + run.length;
  const end = scan.unmatchedTicks.has(run.length) ? -1 : findRun(source, run, content);
  if (end >= 0) {
    scan.index = end + run.length;
    return;
  }
  scan.unmatchedTicks.add(run.length);
  scan.index = content;
  if (source.length - content > maxOpenLength) return;
  const begun = source.slice(content).replace(/`+$/, '');
  if (begun.trim() === '') scan.cutAt = index;
  else {
    scan.cutAt = content + begun.length;
    scan.ending = run;
  }
}

function findRun(source: string, run: string, from: number): number {
  for (let index = source.indexOf(run, from); index >= 0; ) {
    const found = runAt(source, index);
    if (found.length === run.length) return index;
    index = source.indexOf(run, index + found.length);
  }
  return -1;
}

function stepAngle(scan: Scan): void {
  const rest = scan.source.slice(scan.index, scan.index + maxOpenLength);
  const closed = /^<[^\s<>]*>/.exec(rest);
  if (!closed && /^<(?:[a-z/!][^\s<>]*)?$/i.test(rest)) scan.cutAt = scan.index;
  scan.index += closed?.[0].length ?? 1;
}

function stepBracket(scan: Scan): void {
  const { source, index, openers } = scan;
  if (openers.length < maxOpeners) openers.push({ mark: '[', index });
  scan.index++;
  if (source.length - index <= maxOpenLength && source.indexOf(']', scan.index) < 0) scan.cutAt = index;
}

function stepLabelEnd(scan: Scan): void {
  const { source, index } = scan;
  scan.index++;
  const position = scan.openers.findLastIndex(({ mark }) => mark === '[');
  const opener = scan.openers[position];
  if (!opener) return;
  scan.openers.length = position;
  const next = source[index + 1];
  if (next === undefined) scan.cutAt = opener.index;
  if (next !== '(' && next !== '[') return;
  const end = next === '(' ? findDestinationEnd(source, index + 2) : source.indexOf(']', index + 2);
  if (end >= 0 && end - index < maxDestinationLength) scan.index = end + 1;
  else if (source.length - index < maxDestinationLength) {
    const isImage = source[opener.index] === '!';
    scan.cutAt = opener.index;
    scan.ending = isImage ? '' : source.slice(opener.index + 1, index);
  }
}

function findDestinationEnd(source: string, from: number): number {
  const limit = Math.min(source.length, from + maxDestinationLength);
  for (let index = from, depth = 0; index < limit; index++) {
    const character = source[index];
    if (character === '\\') index++;
    else if (character === '(') depth++;
    else if (character === ')' && depth-- === 0) return index;
  }
  return -1;
}

function stepEmphasis(scan: Scan): void {
  const { source, index, openers } = scan;
  const mark = runAt(source, index);
  const before = source[index - 1] ?? ' ';
  const after = source[index + mark.length] ?? '';
  scan.index += mark.length;
  const position = openers.findLastIndex((opener) => opener.mark[0] === mark[0]);
  const opener = openers[position];
  if (opener && !/\s/.test(before) && opener.mark.length <= mark.length) {
    openers.length = position;
    return;
  }
  if (after === '') scan.cutAt = index;
  else if (!/\s/.test(after) && opensEmphasis(mark, before, after) && openers.length < maxOpeners) {
    openers.push({ mark, index });
  }
}

/** `snake_case`, `2*3`, `2**10` and `~5` hardly ever do; Chinese writes `**` between letters. */
function opensEmphasis(mark: string, before: string, after: string): boolean {
  if (mark[0] === '~') return mark.length === 2;
  if (mark.length > 3) return false;
  return mark[0] === '_' ? !/[\p{L}\p{N}]/u.test(before) : !(/\w/.test(before) && /\w/.test(after));
}

function runAt(source: string, index: number): string {
  let end = index + 1;
  while (source[end] === source[index]) end++;
  return source.slice(index, end);
}
