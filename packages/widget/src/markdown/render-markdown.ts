import type { MarkedToken } from 'marked';
import { copyCode } from './copy-code.js';
import { ElementWriter } from './element-writer.js';
import type { MarkdownLabels } from './markdown-labels.js';
import { MarkdownStream } from './markdown-stream.js';
import { renderBlock } from './render-block.js';
import { toDirection } from './to-direction.js';

/**
 * Shows a growing Markdown text. Model output is hostile: it becomes tokens, and only the functions of this room make
 * elements of them.
 *
 * A block stays at its place in the list from its first character on, and is one node: its place is its key. A block
 * that has not changed is not looked at again, and none moves.
 */
export class MarkdownRenderer {
  readonly #change: ((token: MarkedToken) => MarkedToken) | undefined;
  readonly #stream: MarkdownStream = new MarkdownStream();
  readonly #element: HTMLElement = document.createElement('div');
  readonly #writer: ElementWriter;
  /** What stands in the element, a node each. */
  #shown: readonly MarkedToken[] = [];
  #isOpen: boolean = false;
  #live: Element | null = null;

  /** Takes the words that the renderer adds, and what is to be changed of a block. */
  constructor(labels: MarkdownLabels, change?: (token: MarkedToken) => MarkedToken) {
    this.#writer = new ElementWriter(labels);
    this.#change = change;
    this.#element.className = 'bubble markdown';
    this.#element.setAttribute('part', 'bubble');
    this.#element.addEventListener('click', onClick);
  }

  /** Takes the whole text so far; `open` tells that more is to come. Never throws. */
  update(text: string, open: boolean): void {
    const direction = toDirection(text);
    // Setting it again has a cost: the browser would go through everything inside.
    if (this.#element.dir !== direction) this.#element.dir = direction;
    this.#isOpen = open;
    this.#stream.update(text, open);
  }

  /** Renders what `update` was given last. Gives the same element each time. */
  render(): HTMLElement {
    const { blocks } = this.#stream;
    const element = this.#element;
    const before = this.#shown;
    let start = 0;
    while (start < blocks.length && blocks[start] === before[start]) start += 1;
    this.#writer.fill(element, element.childNodes[start] ?? null, () => {
      for (const block of blocks.slice(start)) {
        if (block === before[start++]) this.#writer.skip();
        else this.#write(this.#change?.(block) ?? block);
      }
    });
    this.#shown = [...blocks];
    this.#markLive(this.#isOpen ? element.lastElementChild : null);
    return element;
  }

  /** On the last block and not on all of them: a class around a long answer would make the browser restyle all of it. */
  #markLive(block: Element | null): void {
    if (block === this.#live) return;
    this.#live?.removeAttribute('data-live');
    block?.setAttribute('data-live', '');
    this.#live = block;
  }

  /** A block is one node. */
  #write(token: MarkedToken): void {
    const write = (): void => renderBlock(token, this.#writer);
    if (token.type === 'text') this.#writer.element('div', write);
    else write();
  }
}

function onClick(event: MouseEvent): void {
  const found = (event.target as Element).closest('.code-copy, a[href^="#"]');
  if (found instanceof HTMLAnchorElement) followFragment(found, event);
  else if (found) void copyCode(found);
}

/** Where the page has a `<base>`, the browser would look for the fragment there. */
function followFragment({ hash }: HTMLAnchorElement, event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  event.preventDefault();
  location.hash = hash;
}
