import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MarkedToken } from 'marked';
import type { MarkdownBlock } from './markdown-block.js';
import { englishMarkdownLabels, type MarkdownLabels } from './markdown-labels.js';
import { MarkdownStream } from './markdown-stream.js';
import { renderBlock } from './render-block.js';

/** Blocks share one guard by this many, so that a long answer costs no more to go on with than a short one. */
const groupSize = 32;

/**
 * Shows a growing Markdown text. Model output is hostile: it becomes tokens, and only the templates of this room make
 * elements of them.
 *
 * A block stays at its place in the list from its first character on, so its place is its key: a block that has not
 * changed is not looked at again, and none moves.
 */
export class MarkdownRenderer {
  readonly #labels: MarkdownLabels;
  readonly #change: ((token: MarkedToken) => MarkedToken) | undefined;
  readonly #stream: MarkdownStream = new MarkdownStream();
  #groups: (readonly MarkdownBlock[])[] = [];

  /** Takes the words that the renderer adds, English ones by default, and what is to be changed of a block. */
  constructor(labels: MarkdownLabels = englishMarkdownLabels, change?: (token: MarkedToken) => MarkedToken) {
    this.#labels = labels;
    this.#change = change;
  }

  /** Takes the whole text so far; `open` tells that more is to come. Never throws. */
  update(text: string, options: { open: boolean }): void {
    const { blocks } = this.#stream;
    const firstChanged = this.#stream.update(text, options.open);
    if (firstChanged === undefined) return;
    const groups = this.#groups.slice(0, Math.floor(firstChanged / groupSize));
    for (let start = groups.length * groupSize; start < blocks.length; start += groupSize) {
      groups.push(blocks.slice(start, start + groupSize));
    }
    this.#groups = groups;
  }

  /** Renders what `update` was given last: a value for a child position of a Lit template. */
  render(): unknown {
    return this.#groups.map((group) => guard([group], () => this.#renderGroup(group)));
  }

  #renderGroup(group: readonly MarkdownBlock[]): TemplateResult {
    return html`${group.map((block) => guard([block], () => renderBlock(this.#change?.(block.token) ?? block.token, this.#labels)))}`;
  }
}
