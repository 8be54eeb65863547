import type { DefaultTreeAdapterTypes } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function childrenOf(node: HtmlNode): readonly HtmlNode[] {
  return 'childNodes' in node ? node.childNodes : [];
}

export function readAttribute(element: HtmlElement | undefined, name: string): string | undefined {
  return element?.attrs.find((attribute) => attribute.name === name)?.value;
}

/** Finds the first element of a tree that matches, in the order of the source. */
export function findElement(node: HtmlNode, matches: (element: HtmlElement) => boolean): HtmlElement | undefined {
  for (const child of childrenOf(node)) {
    if (isElement(child) && matches(child)) return child;
    const inner = findElement(child, matches);
    if (inner) return inner;
  }
  return undefined;
}

/** Finds the elements of a name, without those inside another of them. */
export function findElements(node: HtmlNode, tagName: string): HtmlElement[] {
  return childrenOf(node).flatMap((child) =>
    isElement(child) && child.tagName === tagName ? [child] : findElements(child, tagName),
  );
}

/** Gives the text of a tree as it stands, line breaks included. */
export function toRawText(node: HtmlNode): string {
  if ('value' in node) return node.value;
  if (isElement(node) && node.tagName === 'br') return '\n';
  return childrenOf(node).map(toRawText).join('');
}
