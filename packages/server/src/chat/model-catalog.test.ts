import { describe, expect, it } from 'vitest';
import type { Provider } from '../providers/provider.js';
import { createModelCatalog } from './model-catalog.js';

function provider(name: string, ...models: string[]): Provider {
  const unused = (): never => {
    throw new Error('not called in this test');
  };
  return { name, models, continues: true, stream: unused, complete: unused };
}

const catalog = createModelCatalog({
  providers: [provider('openai', 'small', 'org/large'), provider('site', 'passages', 'small')],
});

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

  it.each([
    ['the provider of the name first', ['openai', 'router']],
    ['the provider of the name last', ['router', 'openai']],
  ])('takes a full name to its provider, whatever others call their models (%s)', (_order, names) => {
    const models: Record<string, string> = { openai: 'small', router: 'openai/small' };
    const { candidates, find } = createModelCatalog({
      providers: names.map((name) => provider(name, models[name] ?? '')),
    });
    const asked = (model: string): string[] => candidates(model).map((candidate) => candidate.provider.name);
    expect(asked('openai/small')).toEqual(['openai']);
    expect(asked('router/openai/small')).toEqual(['router']);
    expect(find('openai/small').owned_by).toBe('openai');
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
  });

  it.each([
    ['small', 'openai'],
    ['org/large', 'openai'],
    ['passages', 'site'],
    ['default', 'nova-chat'],
  ])('finds %s, which an answer or a request may name, without listing it', (id, owner) => {
    expect(catalog.find(id)).toMatchObject({ id, object: 'model', owned_by: owner });
  });

  it.each(['', 'openai', 'gpt-nobody', '__proto__'])('does not find "%s"', (id) => {
    expect(() => catalog.find(id)).toThrow(/does not exist/);
  });

  describe('with aliases', () => {
    const named = createModelCatalog({
      providers: [provider('openai', 'small', 'large'), provider('claude', 'sonnet')],
      auto: [{ provider: 'claude', model: 'sonnet' }],
      aliases: {
        best: [
          { provider: 'openai', model: 'large' },
          { provider: 'claude', model: 'sonnet' },
        ],
        small: [{ provider: 'claude', model: 'sonnet' }],
      },
    });

    it.each([
      [undefined, ['claude:sonnet']],
      ['auto', ['claude:sonnet']],
      ['default', ['claude:sonnet']],
      ['best', ['openai:large', 'claude:sonnet']],
      ['small', ['claude:sonnet']],
      ['openai/small', ['openai:small']],
    ])('takes the model %o to %o', (model, expected) => {
      const candidates = named.candidates(model);
      expect(candidates.map((candidate) => `${candidate.provider.name}:${candidate.model}`)).toEqual(expected);
    });

    it('lists them, before the models', () => {
      const ids = named.list().data.map((model) => model.id);
      expect(ids).toEqual(['auto', 'best', 'small', 'openai/small', 'openai/large', 'claude/sonnet']);
    });

    it('lets an alias default be asked for by name, whatever the server would choose', () => {
      const catalog = createModelCatalog({
        providers: [provider('openai', 'small'), provider('claude', 'sonnet')],
        aliases: { default: [{ provider: 'claude', model: 'sonnet' }] },
      });
      expect(catalog.candidates('default').map(({ model }) => model)).toEqual(['sonnet']);
    });
  });
});
