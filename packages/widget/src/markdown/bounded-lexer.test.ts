import fc from 'fast-check';
import { Lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { BoundedLexer } from './bounded-lexer.js';
import { normalizeMarkdown } from './normalize-markdown.js';
import { markdownCorpus } from './testing/markdown-corpus.js';
import { markdownFragments } from './testing/markdown-fragments.js';

const lines = [
  ...markdownFragments,
  ...[
    'word',
    ' word',
    '    word',
    '(word)',
    '"word"',
    '\u00a0word',
    '- ',
    '- -',
    '* *',
    '1) a',
    '2. a',
    '#',
    '# a',
    '#a',
  ],
  ...[
    '===',
    '---',
    '--- a',
    '| a |',
    'a | b',
    '--- | ---',
    ':-:',
    '> q',
    '<div>',
    '<b>',
    '<!-- c',
    '```',
    '~~~',
    '[a]: b',
  ],
  ...['\n', '\n', '\n\n', ' \n', '\t\n', '\n \n', '\u2028'],
];

/** What `BoundedLexer` does, with marked's own lexer. */
function lexAsMarked(text: string): Token[] {
  const lexer = new Lexer({ gfm: true });
  lexer.blockTokens(text, lexer.tokens);
  for (const { src, tokens } of lexer.inlineQueue) {
    lexer.state.inRawBlock = false;
    lexer.inlineTokens(src, tokens);
  }
  return [...lexer.tokens];
}

function lex(text: string): Token[] {
  const lexer = new BoundedLexer({});
  lexer.blockTokens(text, lexer.tokens);
  lexer.lexQueuedInline();
  return [...lexer.tokens];
}

describe('BoundedLexer', () => {
  it.each(Object.entries(markdownCorpus).filter(([name]) => !/deep/.test(name)))(
    'reads "%s" as marked does',
    (_, text) => {
      expect(lex(text)).toEqual(lexAsMarked(text));
    },
  );

  it('reads random documents as marked does', () => {
    const document = fc
      .array(fc.constantFrom(...lines), { maxLength: 24, size: 'max' })
      .map((parts) => normalizeMarkdown(parts.join('')));
    fc.assert(
      fc.property(document, (text) => {
        expect(lex(text)).toEqual(lexAsMarked(text));
      }),
      { numRuns: 3000 },
    );
  });
});
