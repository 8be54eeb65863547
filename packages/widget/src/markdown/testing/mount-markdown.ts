import { englishMarkdownLabels } from '../markdown-labels.js';
import { MarkdownRenderer } from '../render-markdown.js';

/** Markdown in the page, as an element shows it. */
export interface MountedMarkdown {
  readonly root: HTMLElement;
  update(text: string, open: boolean): void;
  unmount(): void;
}

export function mountMarkdown(): MountedMarkdown {
  const page = document.createElement('main');
  const renderer = new MarkdownRenderer(englishMarkdownLabels);
  const root = renderer.render();
  page.append(root);
  document.body.append(page);
  return {
    root,
    update(text, open) {
      renderer.update(text, open);
      renderer.render();
    },
    unmount: () => page.remove(),
  };
}

/** Writes a tree down without comments and without seams between text nodes. */
export function toMarkup(root: Element): string {
  const copy = root.cloneNode(true) as Element;
  const comments = document.createNodeIterator(copy, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) (comment as Comment).remove();
  copy.normalize();
  return copy.getHTML();
}
