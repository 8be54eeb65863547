import type { ChatEvent } from '../../protocol/index.js';

/** Joins two pieces of the same text; undefined when they are not. */
export function joinTexts(first: ChatEvent, second: ChatEvent): ChatEvent | undefined {
  return first.type === 'text-delta' && second.type === first.type && second.choice === first.choice
    ? { ...first, text: first.text + second.text }
    : undefined;
}
