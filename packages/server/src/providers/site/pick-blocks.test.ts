import { describe, expect, it } from 'vitest';
import type { Block } from '../../content/split-sections.js';
import { pickBlocks } from './pick-blocks.js';

const prose = (markdown: string): Block => ({ kind: 'prose', markdown, text: markdown });
const countOf =
  (word: string) =>
  (text: string): number =>
    text.split(word).length - 1;
const filler = 'This tells of something else at length and of nothing that was asked.';

describe('pickBlocks', () => {
  it('quotes a short section whole', () => {
    const blocks = [prose('A.'), { kind: 'list', markdown: '- b\n- c', text: 'b\nc' } as const];
    expect(pickBlocks(blocks, { maxChars: 100, weigh: () => 0 })).toBe('A.\n\n- b\n- c');
  });

  it('chooses the sentences that answer, in their order, and shows where words are left out', () => {
    const blocks = [prose(`One oak. ${filler} Two oaks and oak. ${filler}`), prose(`${filler} Three oaks of oak.`)];
    expect(pickBlocks(blocks, { maxChars: 120, weigh: countOf('oak') })).toBe(
      'One oak. … Two oaks and oak.\n\nThree oaks of oak.',
    );
  });

  it('begins at the top when no piece stands out', () => {
    const blocks = [prose('First of all. Then more.'), prose(filler), prose(filler)];
    expect(pickBlocks(blocks, { maxChars: 60, weigh: () => 0 })).toBe('First of all. Then more.');
  });

  it('does not cut a sentence inside a link, emphasis or code', () => {
    const sentence = 'See **A. B** and [C. D](e) and `F. G` on oak.';
    const blocks = [prose(`${filler} ${sentence} ${filler}`)];
    expect(pickBlocks(blocks, { maxChars: 60, weigh: countOf('oak') })).toBe(sentence);
  });

  it('keeps a list with the sentence that announces it', () => {
    const list: Block = { kind: 'list', markdown: '1. oak\n2. ash', text: 'oak\nash' };
    const blocks = [prose(`${filler} ${filler} The steps are:`), list, prose(filler)];
    expect(pickBlocks(blocks, { maxChars: 80, weigh: countOf('oak') })).toBe('The steps are:\n\n1. oak\n2. ash');
  });

  it('keeps code with the sentence before it', () => {
    const code: Block = { kind: 'code', markdown: '```\noak();\n```', text: 'oak();' };
    const blocks = [prose(`${filler} One call is enough.`), code, prose(filler)];
    expect(pickBlocks(blocks, { maxChars: 60, weigh: countOf('oak') })).toBe(`One call is enough.\n\n${code.markdown}`);
  });

  it('quotes code whole, also when it is longer than the room', () => {
    const code: Block = { kind: 'code', markdown: '```\noak();\nash();\nelm();\n```', text: 'oak();\nash();\nelm();' };
    expect(pickBlocks([code, prose(filler)], { maxChars: 20, weigh: countOf('oak') })).toBe(code.markdown);
    const explained = pickBlocks([prose(filler), code], { maxChars: 20, weigh: countOf('oak') });
    expect(explained).toBe(`${filler}\n\n${code.markdown}`);
  });

  it('takes of a long table the rows that answer, and all when none stands out', () => {
    const head = '| wood | price |\n| --- | --- |';
    const rows = ['oak', 'ash', 'elm', 'fir', 'yew'].map((wood) => `| ${wood} | 12 |`);
    const table: Block = { kind: 'table', markdown: [head, ...rows].join('\n'), text: 'oak ash elm fir yew' };
    expect(pickBlocks([table], { maxChars: 40, weigh: countOf('elm') })).toBe(`${head}\n| elm | 12 |`);
    expect(pickBlocks([table], { maxChars: 40, weigh: () => 0 })).toBe(table.markdown);
  });
});
