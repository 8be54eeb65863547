import { Lexer } from 'marked';
import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from './replace-ranges.js';
import { type AstNode, isNode, visitAst } from './visit-ast.js';

const kept = new Set(['Lexer', 'Tokenizer']);
/** Options of the lexer that `BoundedLexer` never sets otherwise. */
const constants = new Map([
  ['gfm', '!0'],
  ['pedantic', '!1'],
  ['breaks', '!1'],
  ['extensions', 'void 0'],
  ['hooks', 'void 0'],
]);
/** A rule of the table of rules that have no place in a grammar. */
const ruleOfTable = 'codeRemoveIndent';
/** Rules of the table that only the renderers and other options read. */
const unusedRules =
  /^(?:pedantic|escape|caret|percentDecode|spaceLine|notSpaceStart|endingNewline|outputLink|listReplaceNesting)/;

/** Leaves of marked, for the script tag, the lexer of GitHub's Markdown: see `shakeMarkedCode`. */
export function shakeMarked(): Plugin {
  return {
    name: 'nova-shake-marked',
    enforce: 'pre',
    transform: {
      filter: { id: /\/marked\/lib\/marked\.esm\.js$/ },
      handler: (code) => ({ code: shakeMarkedCode(code), map: null }),
    },
    generateBundle(_options, bundle) {
      const isWhole = Object.values(bundle).some(
        (file) => file.type === 'chunk' && file.code.includes('markedjs/marked'),
      );
      if (isWhole) this.error('the parser of marked is back in the bundle');
    },
  };
}

/**
 * Takes out of marked's build what a bundler may not drop: an instance and assignments that hold on to the parser and
 * to renderers which make HTML strings, and the branches and grammars of options that are never set. The grammar that
 * is left is written out: marked composes it of pieces when it is loaded.
 */
export function shakeMarkedCode(code: string): string {
  const body = parseAst(code).body as unknown as AstNode[];
  const replacements: Replacement[] = shortenRules(body);
  for (const node of body) {
    if (node.type === 'ExpressionStatement') replacements.push({ ...rangeOf(node), text: '' });
    else if (node.type === 'ExportNamedDeclaration') replacements.push(keepExports(node, code));
    else replacements.push(...fixOptions(node), ...(node.type === 'VariableDeclaration' ? freeDeclarators(node) : []));
  }
  return replaceRanges(code, replacements);
}

function keepExports(node: AstNode, code: string): Replacement {
  const specifiers = (node['specifiers'] as AstNode[])
    .map(({ start, end }) => code.slice(start, end))
    .filter((text) => kept.has(text.split(' as ').at(-1) ?? ''));
  if (specifiers.length !== kept.size) throw new Error('marked no longer exports its lexer the way it did');
  return { ...rangeOf(node), text: `export{${specifiers.join()}};` };
}

/** Marks what is made at the top as free of effects, so that it goes when nobody uses it. */
function freeDeclarators(node: AstNode): Replacement[] {
  return (node['declarations'] as AstNode[]).flatMap(({ init }): Replacement[] => {
    if (!isNode(init)) return [];
    // `var options = marked.options`: aliases for exports that nobody imports here.
    if (init.type === 'MemberExpression') return [{ ...rangeOf(init), text: '0' }];
    if (!['NewExpression', 'CallExpression', 'ObjectExpression'].includes(init.type)) return [];
    return [
      { start: init.start, end: init.start, text: '/*#__PURE__*/(()=>(' },
      { start: init.end, end: init.end, text: '))()' },
    ];
  });
}

function fixOptions(root: AstNode): Replacement[] {
  const replacements: Replacement[] = [];
  visitAst(root, (node) => {
    const { object, property } = node as AstNode & { object?: AstNode; property?: AstNode };
    const isOption = node.type === 'MemberExpression' && object?.type === 'MemberExpression';
    const owner = object?.['property'] as AstNode | undefined;
    const constant = constants.get(String(property?.['name']));
    if (isOption && constant && owner?.['name'] === 'options') {
      replacements.push({ ...rangeOf(node), text: `(${constant})` });
    }
    if (node.type === 'ObjectExpression') replacements.push(...writeGrammar(node));
    // `Lexer.lex` and the like make a lexer with the options of marked's instance.
    if (node.type === 'MethodDefinition' && node['static']) replacements.push({ ...rangeOf(node), text: '' });
  });
  return replacements;
}

/** `{ normal, gfm, pedantic }` keeps the second. */
function writeGrammar(node: AstNode): Replacement[] {
  const grammars = new Map((node['properties'] as AstNode[]).map((property) => [nameOfKey(property), property]));
  if (!grammars.has('normal')) return [];
  // Only the grammar of inline text knows an option for line breaks.
  const { gfm } = Lexer.rules[grammars.has('breaks') ? 'inline' : 'block'];
  const rules = Object.entries(gfm).map(([name, rule]) => `${name}:${rule}`);
  return [...grammars].map(([name, property]) => ({
    ...rangeOf(property['value'] as AstNode),
    text: name === 'gfm' ? `{${rules.join()}}` : '0',
  }));
}

/** Gives the rules of the table short names, and drops those that the lexer does not read. */
function shortenRules(body: AstNode[]): Replacement[] {
  const rules = findRules(body);
  const unused = rules.filter((rule) => unusedRules.test(nameOfKey(rule)));
  const names = rules.map(nameOfKey);
  const toShort = ({ start, end, name }: AstNode): Replacement[] => {
    const index = names.indexOf(String(name));
    return index < 0 ? [] : [{ start, end, text: `$${index}` }];
  };
  const replacements = unused.map((rule) => ({ ...rangeOf(rule), text: '_:0' }));
  visitAst(body, (node) => {
    if (node['computed'] || unused.includes(node)) return;
    if (node.type === 'MemberExpression') replacements.push(...toShort(node['property'] as AstNode));
    if (rules.includes(node)) replacements.push(...toShort(node['key'] as AstNode));
  });
  return replacements;
}

function findRules(body: AstNode[]): AstNode[] {
  let rules: AstNode[] | undefined;
  visitAst(body, (node) => {
    const properties = node.type === 'ObjectExpression' ? (node['properties'] as AstNode[]) : [];
    if (properties.some((property) => nameOfKey(property) === ruleOfTable)) rules = properties;
  });
  if (!rules) throw new Error(`marked no longer has a table of rules with ${ruleOfTable}`);
  return rules;
}

const nameOfKey = (property: AstNode): string => String((property['key'] as AstNode | undefined)?.['name']);

const rangeOf = ({ start, end }: AstNode): { start: number; end: number } => ({ start, end });
