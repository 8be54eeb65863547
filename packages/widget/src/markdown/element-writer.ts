import { render } from 'lit';
import type { MarkdownLabels } from './markdown-labels.js';

/** Values of attributes; one that is not to be there is undefined. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/**
 * Writes text and elements over those that are there: what is of the same kind stays and is changed where it differs,
 * and with it a selection, the focus and a hovered button. Where nothing is yet, an element is filled before it joins
 * the page.
 */
export class ElementWriter {
  readonly labels: MarkdownLabels;
  #parent: Node = document;
  /** What stands where the next node is written. */
  #next: ChildNode | null = null;
  #text: string = '';

  constructor(labels: MarkdownLabels) {
    this.labels = labels;
  }

  /** Lets `write` write what stands in `parent` from `next` on. */
  fill(parent: Node, next: ChildNode | null, write: () => void): void {
    const outer = this.#parent;
    this.#parent = parent;
    this.#next = next;
    write();
    this.#endText();
    while (this.#next) this.skip().remove();
    this.#parent = outer;
  }

  /** Leaves what stands next as it is, and gives it. */
  skip(): ChildNode {
    const node = this.#next as ChildNode;
    this.#next = node.nextSibling;
    return node;
  }

  /**
   * Writes an element, `div` or `div.block code`, with text or what `fill` writes in it; without either its content is
   * the caller's.
   */
  element(kind: string, fill?: string | (() => void), attributes: Attributes = {}): HTMLElement {
    const [name = '', className = ''] = kind.split('.');
    this.#endText();
    const former = this.#next;
    const isKept = former instanceof HTMLElement && former.localName === name && former.className === className;
    const element = isKept ? former : document.createElement(name);
    if (className) element.className = className;
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined) element.removeAttribute(key);
      else if (!isKept || element.getAttribute(key) !== value) element.setAttribute(key, value);
    }
    if (fill !== undefined)
      this.fill(element, element.firstChild, typeof fill === 'string' ? () => this.text(fill) : fill);
    this.#put(element, former);
    return element;
  }

  /** Writes text. What is written in a row becomes one node. */
  text(text: string): void {
    this.#text += text;
  }

  /** Writes what a page or a feature shows: a node, a template or text. */
  view(value: unknown): void {
    render(value, this.element('span.view'));
  }

  #endText(): void {
    const text = this.#text;
    const former = this.#next;
    if (text === '') return;
    this.#text = '';
    const node = former instanceof Text ? former : document.createTextNode(text);
    writeText(node, text);
    this.#put(node, former);
  }

  #put(node: ChildNode, former: ChildNode | null): void {
    if (node !== former) {
      this.#parent.insertBefore(node, former);
      former?.remove();
    }
    this.#next = node.nextSibling;
  }
}

/** Text that grows keeps what is selected in it, and the browser lays out only what is new. */
export function writeText(node: Text, text: string): void {
  if (node.data === text) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.length));
  else node.data = text;
}
