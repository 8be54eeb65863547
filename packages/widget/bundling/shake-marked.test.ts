import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Lexer } from 'marked';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { markdownCorpus } from '../src/markdown/testing/markdown-corpus.js';
import { markdownFragments } from '../src/markdown/testing/markdown-fragments.js';
import { shakeMarkedCode } from './shake-marked.js';

describe('the lexer of the script tag, cut out of marked', () => {
  let Shaken: typeof Lexer;
  let code: string;
  beforeAll(async () => {
    code = await readFile(fileURLToPath(import.meta.resolve('marked')), 'utf8');
    Shaken = await importLexer(shakeMarkedCode(code));
  });

  afterEach(() => void vi.unstubAllGlobals());

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

  it('makes the slowest rules when they are needed, once', async () => {
    const shaken = `${shakeMarkedCode(code)}// anew`;
    const made: string[] = [];
    const apply: ProxyHandler<RegExpConstructor>['apply'] = (target, _, [source, flags]) => {
      made.push(source);
      return target(source, flags);
    };
    vi.stubGlobal('RegExp', new Proxy(RegExp, { apply }));
    const Counted = await importLexer(shaken);
    const { emStrongRDelimAst, emStrongRDelimUnd, delRDelim } = Lexer.rules.inline.gfm;
    const slow = [emStrongRDelimAst, emStrongRDelimUnd, delRDelim].map((rule) => (rule as RegExp).source);
    expect(made).not.toEqual(expect.arrayContaining([expect.stringContaining('\\p{')]));
    for (const text of ['**a** __b__ ~~c~~', '*a* _b_ ~c~']) lexWith(Counted, text);
    expect(made.filter((source) => source.includes('\\p{')).sort()).toEqual(slow.sort());
  });

  it('is refused when marked is built in another way', () => {
    expect(() => shakeMarkedCode(code.replace(' as Lexer', ' as Lexer2'))).toThrow('the way it did');
  });
});

async function importLexer(code: string): Promise<typeof Lexer> {
  const address = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(/* @vite-ignore */ address)).Lexer;
}

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
