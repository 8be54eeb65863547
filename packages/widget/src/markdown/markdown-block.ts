import type { MarkedToken } from 'marked';

/** One block of an answer. A new object stands for a block that has to be rendered again. */
export interface MarkdownBlock {
  readonly token: MarkedToken;
  /** Its source. */
  readonly raw: string;
  /** It was shown other than its source says, because more was to come. */
  readonly isHeldBack: boolean;
}
