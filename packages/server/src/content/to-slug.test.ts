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
});
