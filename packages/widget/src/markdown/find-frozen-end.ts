import type { MarkedToken } from 'marked';
import { openFenceOf } from './open-fence.js';

/** What a block is can depend on the one after it; this many after it have begun when it is frozen. */
const liveBlocks = 2;

/**
 * Finds how many tokens at the start can never change again: those before a blank line that two more blocks follow.
 * A closed fence that is longer than `longLength` needs nothing after it: it would slow down every update.
 */
export function findFrozenEnd(tokens: readonly MarkedToken[], longLength: number): number {
  let blocksAfter = 0;
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index] as MarkedToken;
    if (token.type === 'space') {
      if (blocksAfter >= liveBlocks && /\n[ \t]*\n/.test(token.raw)) return index + 1;
      continue;
    }
    if (isLongClosedFence(token, longLength)) return index + 1;
    if (token.type !== 'def') blocksAfter++;
  }
  return 0;
}

function isLongClosedFence(token: MarkedToken, longLength: number): boolean {
  return (
    token.type === 'code' &&
    token.raw.length > longLength &&
    token.raw.endsWith('\n') &&
    !token.codeBlockStyle &&
    openFenceOf(token) === undefined
  );
}
