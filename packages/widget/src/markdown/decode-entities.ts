// The platform decodes entities only where it parses HTML, and nothing here may. These are the names that are written,
// by code point: a packer likes neighbours.
const names: ReadonlyMap<string, string> = new Map(
  `quot" amp& apos' lt< gt> nbsp\u00a0 pound£ sect§ copy© laquo« reg® deg° plusmn± middot· raquo» times× aumlä oumlö divide÷
  uumlü ndash– mdash— lsquo‘ rsquo’ ldquo“ rdquo” bull• hellip… euro€ trade™ larr← uarr↑ rarr→ darr↓ ne≠ le≤ ge≥`
    .split(/[ \n]+/)
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)]),
);

/** Replaces character references by the characters they stand for; unknown names stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,8});/gi, decodeEntity);
}

function decodeEntity(reference: string): string {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return names.get(name) ?? reference;
  const code = Number(/^#x/i.test(name) ? `0x${name.slice(2)}` : name.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}
