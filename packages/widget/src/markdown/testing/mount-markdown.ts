import { render } from 'lit';
import { MarkdownRenderer } from '../render-markdown.js';

/** Markdown in the page, as an element shows it. */
export interface MountedMarkdown {
  readonly root: HTMLElement;
  update(text: string, open: boolean): void;
  unmount(): void;
}

export function mountMarkdown(): MountedMarkdown {
  const root = document.createElement('main');
  document.body.append(root);
  const renderer = new MarkdownRenderer();
  return {
    root,
    update(text, open) {
      renderer.update(text, { open });
      render(renderer.render(), root);
    },
    unmount: () => root.remove(),
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
