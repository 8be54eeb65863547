/** The few things that code is coloured by. */
export type CodeStyle = 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'title' | 'name' | 'added' | 'removed';

const styles: Readonly<Record<string, CodeStyle>> = {
  keyword: 'keyword',
  operator: 'plain',
  built_in: 'name',
  type: 'name',
  literal: 'number',
  number: 'number',
  symbol: 'number',
  string: 'string',
  regexp: 'string',
  quote: 'comment',
  comment: 'comment',
  doctag: 'comment',
  meta: 'comment',
  title: 'title',
  section: 'title',
  tag: 'plain',
  name: 'keyword',
  attr: 'name',
  attribute: 'name',
  variable: 'name',
  property: 'name',
  'selector-tag': 'keyword',
  'selector-class': 'title',
  'selector-id': 'title',
  addition: 'added',
  deletion: 'removed',
};

/** Maps a scope of highlight.js, `title.function`, to a style. */
export function toCodeStyle(scope: string | undefined): CodeStyle {
  const name = scope?.split('.')[0] ?? '';
  return Object.hasOwn(styles, name) ? (styles[name] ?? 'plain') : 'plain';
}
