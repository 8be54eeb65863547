import { describe, expect, it } from 'vitest';
import type { Provider } from '../providers/provider.js';
import { createModelCatalog } from './model-catalog.js';

function provider(name: string, ...models: string[]): Provider {
  const unused = (): never => {
    throw new Error('not called in this test');
  };
  return { name, models, stream: unused, complete: unused };
}

const catalog = createModelCatalog([provider('openai', 'small', 'org/large'), provider('site', 'passages', 'small')]);

describe('createModelCatalog', () => {
  it.each([
    [undefined, ['openai:small', 'site:passages']],
    ['', ['openai:small', 'site:passages']],
    ['auto', ['openai:small', 'site:passages']],
    ['default', ['openai:small', 'site:passages']],
    ['openai/small', ['openai:small']],
    ['openai/org/large', ['openai:org/large']],
    ['org/large', ['openai:org/large']],
    ['site/passages', ['site:passages']],
    ['small', ['openai:small', 'site:small']],
  ])('takes the model %o to %o', (model, expected) => {
    const candidates = catalog.candidates(model);
    expect(candidates.map((candidate) => `${candidate.provider.name}:${candidate.model}`)).toEqual(expected);
  });

  it.each(['gpt-nobody', 'openai/passages', 'openai', 'openai/', '__proto__', 'AUTO'])('does not know %s', (model) => {
    expect(() => catalog.candidates(model)).toThrow(expect.objectContaining({ status: 404, code: 'model_not_found' }));
  });

  it('lists what can be asked for, each of which can be found and asked', () => {
    const ids = catalog.list().data.map((model) => model.id);
    expect(ids).toEqual(['auto', 'openai/small', 'openai/org/large', 'site/passages', 'site/small']);
    for (const id of ids) {
      expect(catalog.find(id).id).toBe(id);
      expect(catalog.candidates(id)).not.toHaveLength(0);
    }
    expect(() => catalog.find('small')).toThrow(/does not exist/);
  });
});
