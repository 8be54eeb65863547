/** Words that the renderer adds to an answer. */
export interface MarkdownLabels {
  copy: string;
  copied: string;
  /** Names the scrollable area of code that has no language. */
  code: string;
  /** Names the scrollable area of a table. */
  table: string;
  /** Stands for an image that has no description. */
  image: string;
  done: string;
  notDone: string;
}

export const englishMarkdownLabels: MarkdownLabels = {
  copy: 'Copy',
  copied: 'Copied',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  done: 'Done',
  notDone: 'Not done',
};
