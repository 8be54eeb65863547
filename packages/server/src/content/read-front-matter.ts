/** The members of a page's front matter, names in lower case, and the page without it. */
export interface FrontMatter {
  members: ReadonlyMap<string, string>;
  body: string;
}

const block = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n|$)/;
const member = /^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$/;

/** Reads the one-line members of a front matter block; nested YAML is passed over, nothing here needs it. */
export function readFrontMatter(source: string): FrontMatter {
  const found = block.exec(source);
  if (found === null) return { members: new Map(), body: source.replace(/^\uFEFF/, '') };
  const members = new Map<string, string>();
  for (const line of (found[1] ?? '').split(/\r?\n/)) {
    const [, name, value] = member.exec(line) ?? [];
    if (name !== undefined && value) members.set(name.toLowerCase(), unquote(value));
  }
  return { members, body: source.slice(found[0].length) };
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1(?:[ \t]+#.*)?$/.exec(value);
  return quoted?.[2] ?? value.replace(/[ \t]+#.*$/, '');
}
