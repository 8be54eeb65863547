import { toMathLetters } from './math-letters.js';

/** A node of the tree that KaTeX builds before it makes elements or text of it. */
export interface MathTreeNode {
  /** Name of an element; without it only what is in it counts. */
  type?: string;
  attributes?: Readonly<Record<string, unknown>>;
  children?: readonly MathTreeNode[];
  text?: string;
  /** A space, in em. */
  width?: number;
  character?: string | null;
}

const elements =
  /^(?:math|semantics|annotation|m(?:text|n|o|i|space|over|under|underover|sup|sub|subsup|frac|root|sqrt|table|tr|td|row|enclose|style|padded|phantom|multiscripts|prescripts))$/;
/** Colours of a formula are not taken over: they know nothing of dark and light. Nothing here leads anywhere. */
const attributes =
  /^(?:accent|accentunder|depth|display|displaystyle|encoding|fence|height|largeop|linethickness|lspace|maxsize|minsize|notation|rspace|scriptlevel|separator|stretchy|voffset|width)$/;

/**
 * Makes elements of a tree, of names and attributes that are known to be harmless; a style attribute, which a strict policy
 * refuses, is none of them.
 */
export function toMathNodes(node: MathTreeNode, variant = ''): Node[] {
  if (typeof node.text === 'string') return [new Text(toMathLetters(node.text, variant))];
  if (typeof node.width === 'number') return [toSpace(node.width, node.character)];
  const own = String(node.attributes?.['mathvariant'] ?? variant);
  const children = (node.children ?? []).flatMap((child) => toMathNodes(child, own));
  if (!node.type) return children;
  if (!elements.test(node.type)) return [];
  const element = document.createElementNS('http://www.w3.org/1998/Math/MathML', node.type);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    if (attributes.test(name)) element.setAttribute(name, String(value));
  }
  if (own === 'normal' && node.type === 'mi') element.setAttribute('mathvariant', 'normal');
  if (node.type === 'mtable') alignColumns(children, node.attributes ?? {});
  element.append(...children);
  element.normalize();
  return [element];
}

function toSpace(widthEm: number, character: string | null | undefined): Node {
  if (character) return new Text(character);
  const space = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mspace');
  space.setAttribute('width', `${widthEm}em`);
  return space;
}

/** MathML Core leaves the columns of a table to CSS. */
function alignColumns(rows: readonly Node[], { columnalign, columnspacing }: Readonly<Record<string, unknown>>): void {
  const aligns = String(columnalign ?? '').split(' ');
  const isTight = String(columnspacing ?? '').startsWith('0em');
  for (const row of rows) {
    [...row.childNodes].forEach((cell, column) => {
      const align = aligns[column] ?? aligns.at(-1);
      if (cell instanceof Element) cell.setAttribute('class', `${align}${isTight ? ' tight' : ''}`);
    });
  }
}
