import { describe, expect, it } from 'vitest';
import { listMisspeltVariables } from './list-misspelt-variables.js';

describe('listMisspeltVariables', () => {
  it.each([
    ['SITE_CONTEN', 'SITE_CONTENT'],
    ['SITE_CONTENTS', 'SITE_CONTENT'],
    ['SITE_CNOTENT', 'SITE_CONTENT'],
    ['ALOWED_ORIGINS', 'ALLOWED_ORIGINS'],
    ['REDIS_URI', 'REDIS_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['site_content', 'SITE_CONTENT'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_URL', 'OPENAI_BASE_URL'],
    ['TOTAL_TIMEOUT', 'TOTAL_TIMEOUT_MS'],
  ])('names %s, and what it must mean', (name, meant) => {
    expect(listMisspeltVariables({ [name]: 'x' })).toEqual([`${name} changes nothing; did you mean ${meant}?`]);
  });

  it.each([
    [{ SITE_CONTENT: 'x', SITE_CONTEN: 'x' }],
    [{ SITE_CONTEN: '' }],
    [{ SITE_CONTEN: undefined }],
    [{ HOSTS: 'x', POST: 'x', HOSTNAME: 'x', TRANSPORT: 'x' }],
    [{ API_KEY: 'x', BASE_URL: 'x', MODEL: 'x', URL: 'x' }],
    [{ OPENAI_API_KEY_2: 'x', MY_REDIS_URL: 'x', NPM_LOG_LEVEL: 'x', REDIS_PORT: 'x', OPENAI_ORG_ID: 'x' }],
  ])('is silent about %o', (env) => {
    expect(listMisspeltVariables(env)).toEqual([]);
  });
});
