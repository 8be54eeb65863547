import { Lexer } from 'marked';
import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from '../../../scripts/bundling/replace-ranges.js';
import { type AstNode, isNode, visitAst } from '../../../scripts/bundling/visit-ast.js';

const kept = new Set(['Lexer', 'Tokenizer']);
/** Options of the lexer that `BoundedLexer` never sets otherwise. */
const constants = new Map([
  ['gfm', '!0'],
  ['pedantic', '!1'],
  ['breaks', '!1'],
  ['silent', '!1'],
  ['extensions', 'void 0'],
  ['hooks', 'void 0'],
]);
/** A name that is in one table of rules and in no other object. */
const ruleOfTable = { other: 'codeRemoveIndent', inline: 'breaks', block: 'normal' };

/**
 * Full of `\p{P}`: to read one of them takes the browser as long as all other rules together, and as a literal it is read
 * when the page loads, twice. They are made when an answer has the first `*`, `_` or `~`.
 */
const slowRules = new Set(['emStrongRDelimAst', 'emStrongRDelimUnd', 'delRDelim']);

interface Rule {
  variable: string;
  /** In JavaScript. */
  code: string;
  /** How it is read, in each place. */
  reads: ('replace' | 'other')[];
}

/** The tables of rules, by the name that a lexer has for them: what marked calls the table, and its rules by name. */
type RuleTables = Map<string, { variable: string; rules: ReadonlyMap<string, Rule> }>;

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
 * is left is written out, as marked composes it of pieces when it is loaded. A short rule that is read in one place
 * stands there; the others become variables, which go when nobody reads them, and have short names when somebody does. Those
 * that take long to read are made when they are needed.
 */
export function shakeMarkedCode(code: string): string {
  const body = parseAst(code).body as unknown as AstNode[];
  const tables = findTables(body, code);
  for (const node of body) noteReads(node, { code, tables });
  const replacements: Replacement[] = [];
  for (const node of body) {
    if (node.type === 'ExpressionStatement') replacements.push({ ...rangeOf(node), text: '' });
    else if (node.type === 'ExportNamedDeclaration') replacements.push(keepExports(node, code));
    else {
      if (node.type === 'VariableDeclaration') replacements.push(...freeDeclarators(node, tables));
      replacements.push(...fixOptions(node, code), ...readVariables(node, tables));
    }
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

/** Marks what is made at the top as free of effects, so that it goes when nobody uses it, and opens the tables. */
function freeDeclarators(node: AstNode, tables: RuleTables): Replacement[] {
  return (node['declarations'] as AstNode[]).flatMap((declarator): Replacement[] => {
    const { init } = declarator;
    if (!isNode(init)) return [];
    for (const { variable, rules } of tables.values()) {
      if (nameOf(declarator['id']) !== variable) continue;
      const variables = [...rules].flatMap(([name, rule]) => {
        if (standsInPlace(rule)) return [];
        return slowRules.has(name) ? rule.variable : `${rule.variable}=${rule.code}`;
      });
      return [{ ...rangeOf(declarator), text: variables.join() }];
    }
    // `var options = marked.options`: aliases for exports that nobody imports here.
    if (init.type === 'MemberExpression') return [{ ...rangeOf(init), text: '0' }];
    if (!['NewExpression', 'CallExpression', 'ObjectExpression'].includes(init.type)) return [];
    return [
      { start: init.start, end: init.start, text: '/*#__PURE__*/(()=>(' },
      { start: init.end, end: init.end, text: '))()' },
    ];
  });
}

function fixOptions(root: AstNode, code: string): Replacement[] {
  const replacements: Replacement[] = [];
  const defaults = /(\w+) as defaults\b/.exec(code)?.[1];
  visitAst(root, (node) => {
    const owner = node['object'];
    const isOption = node.type === 'MemberExpression' && isNode(owner) && nameOf(owner['property']) === 'options';
    const constant = isOption ? constants.get(nameOf(node['property'])) : undefined;
    if (constant) replacements.push({ ...rangeOf(node), text: `(${constant})` });
    replacements.push(...fixOwner(node, defaults));
    // `Lexer.lex` and the like make a lexer with the options of marked's instance; `BoundedLexer` does what `lex` does.
    const isUnused = node.type === 'MethodDefinition' && (node['static'] || nameOf(node['key']) === 'lex');
    if (isUnused) replacements.push({ ...rangeOf(node), text: '' });
  });
  return replacements;
}

/** The lexer always gets options, and a tokenizer with marked's own methods for all that is asked about. */
function fixOwner(node: AstNode, defaults: string | undefined): Replacement[] {
  const { type, operator, right } = node;
  if (!isNode(right)) return [];
  if (type === 'LogicalExpression' && nameOf(right) === defaults) return [{ ...rangeOf(right), text: '{}' }];
  const isPrototype = isNode(right['object']) && nameOf(right['object']['property']) === 'prototype';
  if (type !== 'BinaryExpression' || !isPrototype) return [];
  return [{ ...rangeOf(node), text: `(${operator === '==='})` }];
}

/** `this.rules.block.hr` becomes the variable of this rule, and no lexer has rules any more. */
function readVariables(root: AstNode, tables: RuleTables): Replacement[] {
  const replacements: Replacement[] = [];
  visitAst(root, (node) => {
    const { type, property, init, id, expression } = node;
    const rule = findRule(node, tables);
    if (rule) replacements.push({ ...rangeOf(node), text: toRead(rule, nameOf(property)) });
    if (type === 'MemberExpression' && nameOf(property) === 'rules') replacements.push({ ...rangeOf(node), text: '0' });
    // `let{tag:n}=this.tokenizer.rules.inline`
    if (type === 'VariableDeclarator' && isNode(id) && id.type === 'ObjectPattern' && isNode(init)) {
      const table = nameOf(init['property']);
      const variables = (id['properties'] as AstNode[]).map(
        ({ key, value }) => `${nameOf(value)}=${tables.get(table)?.rules.get(nameOf(key))?.variable}`,
      );
      if (tables.has(table)) replacements.push({ ...rangeOf(node), text: ` ${variables.join()}` });
    }
    const isChoice = type === 'VariableDeclaration' && (node['declarations'] as AstNode[]).some(choosesTables);
    if (isChoice || (type === 'ExpressionStatement' && isNode(expression) && setsRules(expression))) {
      replacements.push({ ...rangeOf(node), text: '' });
    }
  });
  return replacements;
}

function noteReads(root: AstNode, { code, tables }: { code: string; tables: RuleTables }): void {
  visitAst(root, (node) => {
    const isReplaced = code.endsWith('.replace(', node.start);
    findRule(node, tables)?.reads.push(isReplaced ? 'replace' : 'other');
  });
}

/** The rule that `this.rules.block.hr` reads. */
function findRule({ type, object, property, computed }: AstNode, tables: RuleTables): Rule | undefined {
  if (type !== 'MemberExpression' || !isNode(object) || computed) return undefined;
  const table = [...tables].find(([name, { variable }]) => isTable(object, name, variable));
  return table?.[1].rules.get(nameOf(property));
}

/** The long rules are alike: side by side they compress better. */
const shortLength = 40;

/** A short rule that is read in one place only. One with `g` remembers where it was, unless it is given to `replace`. */
function standsInPlace({ code, reads }: Rule): boolean {
  if (reads.length !== 1 || code.length >= shortLength) return false;
  return reads[0] === 'replace' ? /^\/.*\/\w*$/s.test(code) : /^\/.*\/[imsu]*$/s.test(code);
}

function toRead(rule: Rule, name: string): string {
  if (standsInPlace(rule)) return rule.code;
  return slowRules.has(name) ? `(${rule.variable}??=${toConstruction(rule.code)})` : rule.variable;
}

function isTable({ type, name, property }: AstNode, table: string, variable: string): boolean {
  return type === 'Identifier' ? name === variable && table === 'other' : nameOf(property) === table;
}

/** `{ other, block, inline }` */
function choosesTables({ init }: AstNode): boolean {
  const keys = isNode(init) ? keysOf(init) : [];
  return Object.keys(ruleOfTable).every((table) => keys.includes(table));
}

/** `…, this.tokenizer.rules = rules` */
function setsRules({ expressions }: AstNode): boolean {
  const last = Array.isArray(expressions) ? (expressions.at(-1) as AstNode) : undefined;
  return isNode(last?.['left']) && nameOf(last['left']['property']) === 'rules';
}

function findTables(body: AstNode[], code: string): RuleTables {
  const declarators = body.flatMap((node) => (node['declarations'] as AstNode[] | undefined) ?? []);
  const tables: RuleTables = new Map();
  for (const [table, ruleName] of Object.entries(ruleOfTable)) {
    const declarator = declarators.find(
      ({ id, init }) =>
        isNode(init) && keysOf(init).includes(ruleName) && ![...tables.values()].some((t) => t.variable === nameOf(id)),
    );
    if (!declarator) throw new Error(`marked no longer has a table of rules with ${ruleName}`);
    const given = table === 'other' ? readRules(declarator['init'] as AstNode, code) : composedRules(table as 'block');
    const rules = new Map<string, Rule>();
    for (const [name, rule] of given) rules.set(name, { variable: `$${table}_${name}`, code: rule, reads: [] });
    tables.set(table, { variable: nameOf(declarator['id']), rules });
  }
  return tables;
}

function readRules(table: AstNode, code: string): [string, string][] {
  return (table['properties'] as AstNode[]).map(({ key, value }) => {
    const { type, start, end } = value as AstNode;
    return [nameOf(key), (type === 'CallExpression' ? '/*#__PURE__*/' : '') + code.slice(start, end)];
  });
}

function composedRules(table: 'block' | 'inline'): [string, string][] {
  return Object.entries(Lexer.rules[table].gfm).map(([name, rule]) => [name, String(rule)]);
}

/** `/a/gu` becomes `RegExp("a","gu")`. */
function toConstruction(rule: string): string {
  const end = rule.lastIndexOf('/');
  return `RegExp(${JSON.stringify(rule.slice(1, end))},${JSON.stringify(rule.slice(end + 1))})`;
}

const keysOf = (object: AstNode): string[] =>
  object.type === 'ObjectExpression' ? (object['properties'] as AstNode[]).map(({ key }) => nameOf(key)) : [];

const nameOf = (node: unknown): string => (isNode(node) ? String(node['name']) : '');

const rangeOf = ({ start, end }: AstNode): { start: number; end: number } => ({ start, end });
