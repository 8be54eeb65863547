import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Lexer } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import { markdownCorpus } from '../src/markdown/testing/markdown-corpus.js';
import { markdownFragments } from '../src/markdown/testing/markdown-fragments.js';
import { shakeMarkedCode } from './shake-marked.js';

describe('the lexer of the script tag, cut out of marked', () => {
  let Shaken: typeof Lexer;
  let code: string;
  beforeAll(async () => {
    code = await readFile(fileURLToPath(import.meta.resolve('marked')), 'utf8');
    const shaken = Buffer.from(shakeMarkedCode(code)).toString('base64');
    ({ Lexer: Shaken } = await import(/* @vite-ignore */ `data:text/javascript;base64,${shaken}`));
  });

  it.each(Object.entries(markdownCorpus))('reads "%s" as the whole one does', (_, text) => {
    expect(lexWith(Shaken, text)).toEqual(lexWith(Lexer, text));
  });

  it('reads random documents as the whole one does', () => {
    const parts = fc.array(fc.constantFrom(...markdownFragments), { maxLength: 60, size: 'max' });
    const document = parts.map((each) => each.join(''));
    fc.assert(
      fc.property(document, (text) => {
        expect(lexWith(Shaken, text)).toEqual(lexWith(Lexer, text));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when marked is built in another way', () => {
    expect(() => shakeMarkedCode(code.replace(' as Lexer', ' as Lexer2'))).toThrow('the way it did');
  });
});

/** As `BoundedLexer` does it: the cut lexer has no method for all at once. */
function lexWith(AnyLexer: typeof Lexer, text: string): unknown {
  const lexer = new AnyLexer({ gfm: true });
  lexer.blockTokens(text, lexer.tokens);
  for (const { src, tokens } of lexer.inlineQueue) {
    lexer.state.inRawBlock = false;
    lexer.inlineTokens(src, tokens);
  }
  return lexer.tokens;
}
