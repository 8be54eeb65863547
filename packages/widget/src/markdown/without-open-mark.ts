const openMark = /^(?:[-+*]{1,2}|\d{1,9}[.)]|#{1,6})?(?:\[[xX]?\]?)?$/;

/** Drops a last line that is only the mark of a list item, heading or quote to be. */
export function withoutOpenMark(text: string): string {
  const start = text.lastIndexOf('\n');
  const line = text.slice(start + 1).replace(/[\s>]+/g, '');
  return openMark.test(line) ? text.slice(0, Math.max(0, start)) : text;
}
