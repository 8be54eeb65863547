import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load-config.js';

function problemOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('loadConfig', () => {
  it('serves the site alone when nothing is set', () => {
    const config = loadConfig({});
    expect(config.auto).toEqual([{ provider: 'site', model: 'site' }]);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8787, maxBodyBytes: 8_388_608, shutdownMs: 30_000 });
    expect(config.site.folder).toMatch(/content$/);
  });

  it('treats an empty variable as one that is not set', () => {
    const names = ['HOST', 'PORT', 'PROVIDER_ORDER', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'SITE_CONTENT', 'PUBLIC_URL'];
    const empty = Object.fromEntries(names.map((name) => [name, ' ']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it('reads lists and trims slashes', () => {
    const config = loadConfig({
      OPENAI_BASE_URL: 'http://localhost:1234/v1/',
      OPENAI_MODEL: 'small, large',
      ALLOWED_ORIGINS: 'https://a.example,http://localhost:3000',
      SITE_URL: 'https://example.com/docs',
      PUBLIC_URL: 'https://example.com/chat//',
    });
    expect(config.providers[0]).toEqual({
      kind: 'openai',
      name: 'openai',
      apiKey: undefined,
      baseUrl: 'http://localhost:1234/v1',
      models: ['small', 'large'],
    });
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
    expect(config.site.url).toBe('https://example.com/docs/');
    expect(config.publicUrl).toBe('https://example.com/chat');
  });

  it('writes origins as browsers send them', () => {
    const given = 'https://Shop.Example, https://example.com:443, http://müller.example';
    const sent = ['https://shop.example', 'https://example.com', 'http://xn--mller-kva.example'];
    expect(loadConfig({ ALLOWED_ORIGINS: given }).allowedOrigins).toEqual(sent);
  });

  it.each(['redis://127.0.0.1', 'rediss://user:secret@redis.example:6380/3', 'redis://[::1]:6379/?db=2'])(
    'takes the Redis at %s',
    (url) => expect(loadConfig({ REDIS_URL: url }).redisUrl).toBe(url),
  );

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['HOST', 'http://localhost'],
    ['LOG_LEVEL', 'loud'],
    ['PROVIDER_ORDER', 'openai,nobody'],
    ['PROVIDER_ORDER', 'site,site'],
    ['PROVIDER_ORDER', ','],
    ['NOVA_CONFIG', '/no/such/file.json'],
    ['ANTHROPIC_API_KEY', 'sk with spaces'],
    ['GEMINI_BASE_URL', 'https://host/?key=x'],
    ['OLLAMA_MODEL', 'a b'],
    ['REDIS_URL', 'http://localhost'],
    ['REDIS_URL', 'redis:127.0.0.1:6379'],
    ['REDIS_URL', 'redis://127.0.0.1:6379/cache'],
    ['REDIS_URL', 'redis://127.0.0.1:6379/1.5'],
    ['REDIS_URL', 'redis://127.0.0.1:6379?db=cache'],
    ['REDIS_URL', 'redis://:pass/word@127.0.0.1:6379'],
    ['RETRY_DELAYS_MS', '1,soon'],
    ['OPENAI_API_KEY', 'sk with spaces'],
    ['OPENAI_API_KEY', 'schlüssel'],
    ['OPENAI_API_KEY', '"sk-1"'],
    ['GEMINI_API_KEY', "'AIza1'"],
    ['OPENAI_MODEL', '"small,large"'],
    ['OPENAI_BASE_URL', 'api.openai.com/v1'],
    ['OPENAI_BASE_URL', 'ftp://api.openai.com'],
    ['OPENAI_BASE_URL', 'https://user:secret@api.openai.com/v1'],
    ['OPENAI_BASE_URL', 'https://api.openai.com/v1?key=x'],
    ['OPENAI_MODEL', ','],
    ['SITE_CONTENT', '/no/such/folder'],
    ['SITE_URL', 'docs'],
    ['PUBLIC_URL', 'chat.example.com'],
    ['ALLOWED_ORIGINS', 'example.com'],
    ['ALLOWED_ORIGINS', 'https://example.com/'],
    ['ALLOWED_ORIGINS', '*,https://example.com'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['ALLOWED_ORIGINS', 'https://example.com/shop'],
    ['MAX_BODY_BYTES', '1'],
    ['PROVIDER_CONNECTIONS', '0'],
    ['IDLE_TIMEOUT_MS', '0'],
    ['PEEK_MS', '1e3'],
    ['SHUTDOWN_MS', '30s'],
  ])('stops at %s=%s with one line that names it and gives an example', (name, value) => {
    const problem = problemOf({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} must be .+ for example ${name}=.+$`));
    expect(problem).not.toContain('\n');
  });

  it.each([
    ['/no/such/folder', /and \/no\/such\/folder does not exist: create it or name another,/],
    ['no-such-folder', new RegExp(`and ${process.cwd()}/no-such-folder does not exist:`)],
    [import.meta.filename, /load-config\.test\.ts is a file:/],
    [`${import.meta.filename}/pages`, /pages does not exist:/],
  ])('says what is wrong with the folder %s, by its whole path', (folder, said) => {
    expect(problemOf({ SITE_CONTENT: folder })).toMatch(said);
  });

  it.each([
    ['no-such.json', `and ${process.cwd()}/no-such.json cannot (ENOENT)`],
    [import.meta.dirname, `and ${import.meta.dirname} cannot (EISDIR)`],
  ])('says what is wrong with the file %s, by its whole path', (file, said) => {
    expect(problemOf({ NOVA_CONFIG: file })).toContain(said);
  });

  it('says how to write a password that breaks the address of a Redis', () => {
    expect(problemOf({ REDIS_URL: 'redis://:pass/word@127.0.0.1:6379' })).toContain('%2F');
  });

  it('tells content of the owner’s own from that of the demo', () => {
    expect(loadConfig({}).site.content).toBe('demo');
    expect(loadConfig({ SITE_CONTENT: import.meta.dirname }).site).toMatchObject({
      content: 'own',
      folder: import.meta.dirname,
    });
  });

  it('never repeats a value, which may be a secret', () => {
    expect(problemOf({ OPENAI_API_KEY: 'sk-planted secret' })).not.toContain('planted');
    expect(problemOf({ PORT: 'sk-planted' })).not.toContain('planted');
  });
});
