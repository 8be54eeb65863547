import { describe, expect, it } from 'vitest';
import { readFrontMatter } from './read-front-matter.js';

describe('readFrontMatter', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['plain members', '---\ntitle: Delivery\nurl: /help\n---\n# A\n', { title: 'Delivery', url: '/help' }, '# A\n'],
    ['quotes', '---\ntitle: "A: b"\nurl: \'/x#y\'\n---\nB', { title: 'A: b', url: '/x#y' }, 'B'],
    ['comments', '---\ntitle: A # not this\n---\nB', { title: 'A' }, 'B'],
    ['a fragment is no comment', '---\nurl: /a#b\n---\nB', { url: '/a#b' }, 'B'],
    ['Windows line ends and a byte order mark', '\uFEFF---\r\ntitle: A\r\n---\r\nB', { title: 'A' }, 'B'],
    ['nested members passed over', '---\ntags:\n  - a\nDraft: true\n---\nB', { draft: 'true' }, 'B'],
    ['empty', '---\n---\nB', {}, 'B'],
    ['none', '# A\n\n---\n\nB', {}, '# A\n\n---\n\nB'],
    ['not closed', '---\ntitle: A\nB', {}, '---\ntitle: A\nB'],
  ])('%s', (_, source, members, body) => {
    const read = readFrontMatter(source);
    expect(Object.fromEntries(read.members)).toEqual(members);
    expect(read.body).toBe(body);
  });
});
