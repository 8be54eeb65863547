import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from './replace-ranges.js';
import { visitAst } from './visit-ast.js';

/** A piece of a library, by its type in the syntax tree and what its source begins with, and what takes its place. */
type Known = readonly [type: string, source: RegExp, text: string];

export type ShakenLibrary = 'p-retry/index.js' | 'eventsource-parser/dist/parse.js';

/** What the client never asks of its libraries. It gives them options that it has checked itself. */
const known: Record<ShakenLibrary, readonly Known[]> = {
  /** Its options are `retries`, `signal`, `shouldRetry` and `minTimeout: 0`; nobody throws its `AbortError`. */
  'p-retry/index.js': [
    ['ExpressionStatement', /^validate/, ''],
    [
      'ExpressionStatement',
      /^options\.(?:factor|m\w+Time(?:out)?|randomize|onFailedAttempt|shouldConsumeRetry) \?\?=/,
      '',
    ],
    ['IfStatement', /^if \(Object\.hasOwn\(options, 'forever'\)/, ''],
    ['IfStatement', /^if \(options\.factor === 0\)/, ''],
    ['AwaitExpression', /^await options\.shouldConsumeRetry\(/, 'true'],
    ['ExpressionStatement', /^await (?:options\.onFailedAttempt|delayForRetry)\(/, ''],
    ['CallExpression', /^calculateDelay\(/, '0'],
    ['CallExpression', /^calculateRemainingTime\(/, 'Infinity'],
    ['CallExpression', /^performance\.now\(/, '0'],
    ['BinaryExpression', /^\w+ instanceof AbortError$/, 'false'],
  ],
  /** Of its errors only the type is read, and of those with a type only one; nobody hears comments. */
  'eventsource-parser/dist/parse.js': [
    ['IfStatement', /^if \(typeof config === 'function'\)/, ''],
    ['TemplateLiteral', /^`(?:Buffered data|Invalid|Unknown)/, "''"],
    ['Property', /^(?:field|value|line)$/, '_: 0'],
    ['IfStatement', /^if \(onComment\)/, ''],
    ['UnaryExpression', /^!!onComment$/, 'false'],
  ],
};

/** Leaves of small libraries, for the script tag, what the client needs of them. */
export function shakeLibraries(): Plugin[] {
  return (Object.keys(known) as ShakenLibrary[]).map((library) => ({
    name: `nova-shake ${library}`,
    enforce: 'pre',
    transform: {
      filter: { id: new RegExp(`/${library.replaceAll('.', '\\.')}$`) },
      handler: (code) => ({ code: shakeLibraryCode(library, code), map: null }),
    },
  }));
}

/** Puts constants in the place of what is known. Throws when the library has changed so that a piece is not there. */
export function shakeLibraryCode(library: ShakenLibrary, code: string): string {
  const replacements: Replacement[] = [];
  const missing = new Set<Known>(known[library]);
  visitAst(parseAst(code).body, ({ type, start, end }) => {
    for (const piece of known[library]) {
      if (type !== piece[0] || !piece[1].test(code.slice(start, end))) continue;
      missing.delete(piece);
      replacements.push({ start, end, text: piece[2] });
    }
  });
  for (const [type, source] of missing) throw new Error(`${library} no longer has the ${type} ${source}`);
  return replaceRanges(code, replacements);
}
