import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configFileSchema } from './config-file.js';
import { ConfigError } from './load-config.js';
import { listIdleVariables, loadProviders } from './provider-config.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nova-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the file and gives the variables that name it. */
function withFile(content: unknown, env: Record<string, string> = {}): Record<string, string> {
  const file = join(folder, 'nova.config.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { NOVA_CONFIG: file, ...env };
}

function problemOf(env: Record<string, string>): string {
  try {
    loadProviders(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no problem';
}

const targets = (env: Record<string, string>): string[] =>
  loadProviders(env).auto.map(({ provider, model }) => `${provider}/${model}`);

describe('the order of providers', () => {
  it.each<[Record<string, string>, string[]]>([
    [{}, ['site']],
    [{ OPENAI_API_KEY: 'k' }, ['openai', 'site']],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' }, ['openai', 'site']],
    [{ GEMINI_API_KEY: 'k', OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'k' }, ['claude', 'openai', 'gemini', 'site']],
    [{ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' }, ['site']],
    [{ OLLAMA_MODEL: 'qwen3' }, ['ollama', 'site']],
    [{ OLLAMA_BASE_URL: 'http://127.0.0.1:11434' }, ['ollama', 'site']],
    [{ OPENAI_API_KEY: 'k', PROVIDER_ORDER: 'openai' }, ['openai']],
    [{ OPENAI_API_KEY: 'k', PROVIDER_ORDER: ' site , openai ' }, ['site', 'openai']],
    [{ OPENAI_API_KEY: 'k', PROVIDER_ORDER: 'site' }, ['site']],
    [{ PROVIDER_ORDER: 'ollama,site' }, ['ollama', 'site']],
    [{ ANTHROPIC_API_KEY: 'k', PROVIDER_ORDER: 'anthropic' }, ['claude']],
    [{ ANTHROPIC_API_KEY: 'k', PROVIDER_ORDER: 'claude' }, ['claude']],
  ])('with %o is %o', (env, order) => {
    expect(loadProviders(env).auto.map(({ provider }) => provider)).toEqual(order);
    expect(loadProviders(env).providers.map(({ name }) => name)).toEqual(order);
  });

  it.each([
    ['openai', 'OPENAI_API_KEY'],
    ['claude', 'ANTHROPIC_API_KEY'],
    ['gemini', 'GEMINI_API_KEY'],
  ])('names the key that %s lacks', (name, key) => {
    expect(problemOf({ PROVIDER_ORDER: `${name},site` })).toMatch(new RegExp(`^${key} must be set because .* ${name}`));
  });

  it.each([
    ['nobody', 'entry 1 of 1'],
    ['constructor', 'entry 1 of 1'],
    ['site,nobody', 'entry 2 of 2'],
  ])('does not know one of %s, and says which and who there is', (order, which) => {
    expect(problemOf({ PROVIDER_ORDER: order })).toBe(
      `PROVIDER_ORDER must be a list of providers, and ${which} is none of claude, openai, gemini, ollama, site, ` +
        'for example PROVIDER_ORDER=claude,openai,site',
    );
  });

  it('reads what each provider needs', () => {
    const { providers } = loadProviders({
      ANTHROPIC_API_KEY: 'a',
      GEMINI_API_KEY: 'g',
      OLLAMA_MODEL: 'qwen3, llama3.2',
      ANTHROPIC_BASE_URL: 'https://proxy.example/',
    });
    expect(providers).toMatchObject([
      { kind: 'anthropic', name: 'claude', apiKey: 'a', baseUrl: 'https://proxy.example' },
      { kind: 'gemini', name: 'gemini', apiKey: 'g', baseUrl: 'https://generativelanguage.googleapis.com' },
      { kind: 'ollama', apiKey: undefined, baseUrl: 'http://127.0.0.1:11434', models: ['qwen3', 'llama3.2'] },
      { kind: 'site' },
    ]);
  });
});

describe('variables that change nothing', () => {
  it.each([
    [
      { OPENAI_MODEL: 'm' },
      ['OPENAI_MODEL changes nothing: openai is asked when OPENAI_API_KEY or OPENAI_BASE_URL is set'],
    ],
    [
      { ANTHROPIC_BASE_URL: 'http://a.test' },
      [expect.stringMatching(/^ANTHROPIC_BASE_URL changes .* ANTHROPIC_API_KEY is/)],
    ],
    [{ GEMINI_MODEL: 'm', GEMINI_BASE_URL: 'http://a.test' }, [expect.anything(), expect.anything()]],
    [{ OPENAI_MODEL: 'm', OPENAI_API_KEY: 'k' }, []],
    [{ OLLAMA_MODEL: 'm' }, []],
    [{ OPENAI_MODEL: 'm', PROVIDER_ORDER: 'site' }, []],
    [{ OPENAI_MODEL: '' }, []],
  ])('of %o are named', (env, told) => {
    expect(listIdleVariables(loadProviders(env), env)).toEqual(told);
  });
});

describe('the file of NOVA_CONFIG', () => {
  const groq = { kind: 'openai', baseUrl: 'https://groq.example/v1/', apiKeyEnv: 'GROQ_API_KEY' };

  it('adds named providers and aliases', () => {
    const env = withFile(
      {
        $schema: './node_modules/@nova-chat/server/nova.config.schema.json',
        providers: { groq },
        models: {
          default: [{ provider: 'claude', model: 'big' }, { provider: 'groq', model: 'llama' }, { provider: 'site' }],
          fast: [{ provider: 'groq', model: 'llama-small' }],
        },
      },
      { GROQ_API_KEY: 'gsk-1', ANTHROPIC_API_KEY: 'k', ANTHROPIC_MODEL: 'small' },
    );
    const { providers, aliases } = loadProviders(env);
    expect(targets(env)).toEqual(['claude/big', 'groq/llama', 'site/site']);
    expect(aliases['fast']).toEqual([{ provider: 'groq', model: 'llama-small' }]);
    expect(providers.find(({ name }) => name === 'groq')).toEqual({
      kind: 'openai',
      name: 'groq',
      baseUrl: 'https://groq.example/v1',
      apiKey: 'gsk-1',
      models: ['llama', 'llama-small'],
    });
    expect(providers.find(({ name }) => name === 'claude')?.models).toEqual(['small', 'big']);
  });

  it('puts named providers before site, without an order and an alias default', () => {
    const file = { providers: { local: { kind: 'ollama', models: ['qwen3'] } } };
    expect(targets(withFile(file, { OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm' }))).toEqual([
      'openai/m',
      'local/qwen3',
      'site/site',
    ]);
    expect(targets(withFile(file, { PROVIDER_ORDER: 'local' }))).toEqual(['local/qwen3']);
  });

  it('lets nobody ask a provider that is neither in the order nor in an alias', () => {
    const { providers } = loadProviders({ OPENAI_API_KEY: 'k', PROVIDER_ORDER: 'site' });
    expect(providers.map(({ name }) => name)).toEqual(['site']);
  });

  it('reads a file with the mark that editors on Windows put first', () => {
    const file = JSON.stringify({ providers: { local: { kind: 'ollama', models: ['qwen3'] } } });
    expect(targets(withFile(`\ufeff${file}`))).toEqual(['local/qwen3', 'site/site']);
  });

  it.each<[string, unknown, string]>([
    ['nothing', ' \n', 'nova.config.json: is empty'],
    ['no JSON', '{ secret', 'nova.config.json: is not JSON (line 1 column 3)'],
    ['a list', [], 'nova.config.json: invalid input: expected object, received array'],
    [
      'a list of providers',
      { providers: [] },
      'nova.config.json: providers: invalid input: expected object, received array',
    ],
    [
      'an unknown member',
      { provider: {} },
      'nova.config.json: has no member "provider"; it may have providers, models',
    ],
    [
      'an unknown kind',
      { providers: { a: { kind: 'cohere' } } },
      'nova.config.json: providers.a.kind: expected one of "openai", "anthropic"',
    ],
    ['no kind', { providers: { a: {} } }, 'nova.config.json: providers.a.kind: expected one of "openai"'],
    [
      'a key',
      { providers: { a: { ...groq, apiKey: 'secret' } } },
      'nova.config.json: providers.a: has no member "apiKey"; it may have kind, baseUrl, apiKeyEnv, models',
    ],
    [
      'a bad URL',
      { providers: { a: { ...groq, baseUrl: 'x?secret' } } },
      'nova.config.json: providers.a.baseUrl: expected',
    ],
    [
      'a key in the place of its name',
      { providers: { a: { ...groq, apiKeyEnv: 'sk-secret' } } },
      'nova.config.json: providers.a.apiKeyEnv: expected the name of an environment variable',
    ],
    [
      'a model that is none',
      { providers: { a: { kind: 'ollama', models: ['a secret'] } } },
      'nova.config.json: providers.a.models[0]: expected a model id',
    ],
    ['a bad name', { providers: { 'a/b': groq } }, 'nova.config.json: providers.a/b: is no name'],
    ['a name of ours', { providers: { openai: groq } }, 'nova.config.json: providers.openai: is configured by'],
    ['no targets', { models: { best: [] } }, 'nova.config.json: models.best: is empty'],
    [
      'an unknown member of a target',
      { models: { best: [{ provider: 'site', name: 'x' }] } },
      'nova.config.json: models.best[0]: has no member "name"; it may have provider, model',
    ],
    [
      'an alias auto',
      { models: { auto: [{ provider: 'site' }] } },
      'nova.config.json: models.auto: is what the server',
    ],
    [
      'an unknown target',
      { models: { best: [{ provider: 'x' }] } },
      'nova.config.json: models.best[0].provider: there is no provider x; there are claude, openai, gemini, ollama, site',
    ],
    [
      'an unset key',
      { providers: { groq: { ...groq, models: ['m'] } } },
      'nova.config.json: providers.groq.apiKeyEnv: the variable GROQ_API_KEY is not set',
    ],
    ['no models', { providers: { groq } }, 'nova.config.json: providers.groq: has no model'],
    [
      'a model of site',
      { models: { a: [{ provider: 'site', model: 'x' }] } },
      'nova.config.json: models.a[0].model: the provider site',
    ],
  ])('says where there is %s, and never a value', (_name, content, problem) => {
    const said = problemOf(withFile(content));
    expect(said.toLowerCase()).toContain(problem.toLowerCase());
    expect(said).not.toContain('secret');
    expect(said).not.toContain('\n');
  });

  it('has a JSON Schema beside it that says the same', async () => {
    const schema = z.toJSONSchema(configFileSchema, { io: 'input' });
    // Biome keeps short lists on one line.
    const text = JSON.stringify(schema, null, 2).replace(
      /\[\n\s+([^[\]{}]*?)\n\s+\]/g,
      (_, items: string) => `[${items.replace(/\n\s+/g, ' ')}]`,
    );
    await expect(`${text}\n`).toMatchFileSnapshot('../../nova.config.schema.json');
  });
});
