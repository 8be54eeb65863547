import type { CSSResult } from 'lit';
import type { MarkedToken } from '../../markdown/markdown-tokens.js';

/** What shows the formulas of one answer. */
export interface AnswerMath {
  /** Takes the whole text so far; gives what Markdown may read of it. */
  take(source: string, open: boolean): string;
  /** Puts the formulas into a block that has been read of it. */
  show(token: MarkedToken): MarkedToken;
}

interface MathModule {
  styles: CSSResult;
  createMath(): AnswerMath;
}

/** What reads formulas; the door `math` of the package puts it here, so that who does not open it bundles none of it. */
export const answerMath: { load?: () => Promise<MathModule> } = {};
