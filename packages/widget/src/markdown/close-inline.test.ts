import { describe, expect, it } from 'vitest';
import { closeInline } from './close-inline.js';

describe('closeInline', () => {
  it.each<[source: string, shown: string]>([
    ['plain text', 'plain text'],
    ['a **bold', 'a **bold**'],
    ['a **bold ', 'a **bold**'],
    ['a **bold*', 'a **bold**'],
    ['a **bold**', 'a **bold**'],
    ['a **', 'a '],
    ['a *', 'a '],
    ['a *b **c', 'a *b **c***'],
    ['~~gone', '~~gone~~'],
    ['about ~5', 'about ~5'],
    ['2*3 and 2**10 is', '2*3 and 2**10 is'],
    ['snake_case_name', 'snake_case_name'],
    ['你**好', '你**好**'],
    ['run `npm ci', 'run `npm ci`'],
    ['run `', 'run '],
    ['``a ` b`', '``a ` b``'],
    ['`a` **`b', '`a` **`b`**'],
    ['see [the te', 'see '],
    ['see [the text]', 'see '],
    ['see [the text](', 'see the text'],
    ['see [the text](https://a.exam', 'see the text'],
    ['see [the text](https://a.example)', 'see [the text](https://a.example)'],
    ['see **[the text](https://a', 'see **the text**'],
    ['see [a](b(c)d) e', 'see [a](b(c)d) e'],
    ['see [1] and more', 'see [1] and more'],
    ['an ![image](https://a', 'an '],
    ['wow!', 'wow'],
    ['go to <https://a.ex', 'go to '],
    ['1 < 2', '1 < 2'],
    ['fish &am', 'fish '],
    ['fish & chips', 'fish & chips'],
    ['a \\', 'a '],
    ['a \\*b', 'a \\*b'],
  ])('shows %j as %j', (source, shown) => expect(closeInline(source)).toBe(shown));

  it('leaves an opening mark that was none as it is', () => {
    const text = `the [ key, ${'word '.repeat(60)}`;
    expect(closeInline(text)).toBe(text);
  });
});
