import { expect, it } from 'vitest';
import { splitSections } from '../../content/split-sections.js';
import { toDocument } from '../../content/to-document.js';
import { indexSections } from './search-index.js';
import { finishAtOnce } from './take-turns.js';

it('takes the site to be named by its index, and not by a readme that stands before it', () => {
  const pages = {
    'README.md': '# Contributing\n\nHow to build this documentation by yourself.',
    'index.md': '# Acme\n\nAcme sells lamps, and delivers them to you.',
  };
  const documents = Object.entries(pages).flatMap(
    ([path, text]) => toDocument({ path, format: 'markdown', text, baseUrl: '/' }) ?? [],
  );
  const index = finishAtOnce(indexSections(documents.flatMap((document) => splitSections(document, (href) => href))));
  const weigh = (word: string): number => index.readQuestion(word, index.language)[0]?.weight ?? 0;
  // Both stand once: what is the name of the site tells less of a question.
  expect(weigh('Acme')).toBeLessThan(weigh('Contributing'));
});

it('takes a section of more paragraphs than a call takes arguments', () => {
  const file = { path: 'a.txt', format: 'text', text: 'lamp\n\n'.repeat(150_000), baseUrl: '/' } as const;
  const sections = [toDocument(file) ?? []].flat().flatMap((document) => splitSections(document, (href) => href));
  const index = finishAtOnce(indexSections(sections));
  expect(index.search(index.readQuestion('lamp', undefined))).toHaveLength(1);
});
