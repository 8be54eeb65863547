import { describe, expect, it } from 'vitest';
import type { Section } from '../../content/split-sections.js';
import { composeAnswer, composeTopics } from './compose-answer.js';

const section = (heading: string, kind: 'prose' | 'table' = 'prose'): Section => ({
  document: { path: 'a.md', url: '/a', title: 'Page', format: 'markdown', source: '' },
  url: heading === 'Page' ? '/a' : '/a#x',
  heading,
  trail: [],
  blocks: [{ kind, markdown: 'x', text: 'x' }],
});

describe('composeAnswer', () => {
  it('marks each passage with its source', () => {
    const parts = composeAnswer([
      { section: section('Page'), markdown: 'First 😀.' },
      { section: section('More *x*'), markdown: 'Second.' },
    ]);
    const text = parts.map((part) => part.text).join('');
    expect(text).toBe('First 😀.\n\n**More \\*x\\***\n\nSecond.');
    expect(
      parts.map(({ citation }) => [
        citation?.title,
        citation?.url,
        text.slice(citation?.start_index, citation?.end_index),
      ]),
    ).toEqual([
      ['Page', '/a', 'First 😀.'],
      ['Page › More *x*', '/a#x', 'Second.'],
    ]);
  });

  it('names each of several passages, the top of a page aside', () => {
    const quoted = ['By card?', 'Page', 'Dogs?'].map((heading) => ({ section: section(heading), markdown: 'Yes.' }));
    expect(composeAnswer(quoted).map(({ text }) => text)).toEqual([
      '**By card?**\n\nYes.',
      '\n\n**Page**\n\nYes.',
      '\n\n**Dogs?**\n\nYes.',
    ]);
    expect(composeAnswer(quoted.slice(0, 1))[0]?.text).toBe('Yes.');
  });

  it('names what a bare table is of', () => {
    expect(composeAnswer([{ section: section('Costs', 'table'), markdown: '| a |' }])[0]?.text).toBe(
      '**Costs**\n\n| a |',
    );
  });
});

describe('composeTopics', () => {
  it('lists links, or the sentence alone', () => {
    expect(composeTopics('Ask:', [{ title: 'A [b]', url: '/a' }])).toEqual([{ text: 'Ask:\n\n- [A \\[b\\]](/a)' }]);
    expect(composeTopics('Bye.', [])).toEqual([{ text: 'Bye.' }]);
  });
});
