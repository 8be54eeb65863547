import { describe, expect, it } from 'vitest';
import { createSlugger, toSlug } from './to-slug.js';

describe('toSlug', () => {
  it.each([
    ['Shipping costs', 'shipping-costs'],
    ["What's new?", 'whats-new'],
    ['`SITE_CONTENT` and you', 'site_content-and-you'],
    ['Stop, retry and regenerate', 'stop-retry-and-regenerate'],
    ['A & B', 'a--b'],
    ['Rückgabe & Größe', 'rückgabe--größe'],
    ['配送について', '配送について'],
    ['  1. First - step  ', '1-first---step'],
  ])('%s → %s', (heading, slug) => {
    expect(toSlug(heading)).toBe(slug);
  });
});

describe('createSlugger', () => {
  it('numbers what a page repeats, also where a heading has the name already', () => {
    const slug = createSlugger();
    expect(['Price', 'Price', 'Price-1', 'Price', 'Size'].map(slug)).toEqual([
      'price',
      'price-1',
      'price-1-1',
      'price-2',
      'size',
    ]);
  });

  it('numbers what a page repeats very often, and is done', () => {
    const slugs = Array.from({ length: 20_000 }, () => 'Fixed').map(createSlugger());
    expect([new Set(slugs).size, slugs.at(-1)]).toEqual([20_000, 'fixed-19999']);
    // A walk over all the numbers for each of them takes a thousand times as long as it has to.
  }, 4000);
});
