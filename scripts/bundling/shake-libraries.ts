import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from './replace-ranges.js';
import { visitAst } from './visit-ast.js';

/** A piece of a library, by its type in the syntax tree and what its source begins with, and what takes its place. */
type Known = readonly [type: string, source: RegExp, text: string];

export type ShakenLibrary =
  | '@lit/reactive-element/reactive-element.js'
  | 'lit-element/lit-element.js'
  | 'lit-html/lit-html.js'
  | 'p-retry/index.js'
  | 'eventsource-parser/dist/parse.js';

/** What the client never asks of its libraries, and the chat of Lit. */
const known: Record<ShakenLibrary, readonly Known[]> = {
  /** Nothing here uses standard decorators, MathML or the polyfills for older browsers; Lit's versions are for its developers. */
  '@lit/reactive-element/reactive-element.js': [
    ['ExpressionStatement', /^Symbol\.metadata\?\?=/, ''],
    ['VariableDeclaration', /^const t=this\[Symbol\.metadata\]/, ''],
    ['IfStatement', /^if\(null!==t\)\{const s=litPropertyMetadata/, ''],
    ['MethodDefinition', /^static addInitializer\(/, ''],
    ['LogicalExpression', /^void 0!==t\.l&&\(this\.l=/, '0'],
    ['ChainExpression', /^this\.constructor\.l\?\.forEach/, '0'],
    ['ChainExpression', /^p\?\.\(\{ReactiveElement/, '0'],
    ['MemberExpression', /^a\.reactiveElementPolyfillSupport$/, '0'],
    ['CallExpression', /^\(a\.reactiveElementVersions\?\?=/, '0'],
  ],
  'lit-element/lit-element.js': [
    ['ChainExpression', /^s\.litElementHydrateSupport/, '0'],
    ['VariableDeclaration', /^const o=s\.litElementPolyfillSupport/, ''],
    ['ExpressionStatement', /^o\?\.\(\{LitElement/, ''],
    ['ExpressionStatement', /^\(s\.litElementVersions\?\?=/, ''],
  ],
  'lit-html/lit-html.js': [
    ['MemberExpression', /^t\.litHtmlPolyfillSupport$/, '0'],
    ['ExpressionStatement', /^B\?\.\(/, ''],
    ['ConditionalExpression', /^3===i\?"<\/?math>"/, '""'],
    ['BinaryExpression', /^3===i$/, 'false'],
    // Whoever owns the page is told what its policy has to say.
    [
      'CallExpression',
      /^s\.createPolicy\("lit-html",\{createHTML:t=>t\}\)$/,
      `(()=>{try{return s.createPolicy("lit-html",{createHTML:t=>t})}catch(t){console.error("Nova Chat: the page's CSP has to allow: trusted-types lit-html 'allow-duplicates'");throw t}})()`,
    ],
    ['Literal', /^"invalid template strings array"$/, '""'],
  ],
  /**
   * Its options are `retries`, `signal`, `shouldRetry`, which is asked about the error, and `minTimeout: 0`; nobody
   * throws its `AbortError`.
   */
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
    ['CallExpression', /^Object\.freeze\(\{\s+error:/, '({ error: normalizedError })'],
    ['TemplateLiteral', /^`Non-error was thrown/, "''"],
    ['Literal', /^'Retry attempts exhausted/, "''"],
  ],
  /** Of its errors only one is heard, and of that its type; nobody hears comments. */
  'eventsource-parser/dist/parse.js': [
    ['IfStatement', /^if \(typeof config === 'function'\)/, ''],
    ['Literal', /^'Cannot feed/, "''"],
    ['TemplateLiteral', /^`Buffered data/, "''"],
    ['ExpressionStatement', /^onError[\s\S]*type: '(?:invalid-retry|unknown-field)'/, ''],
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
