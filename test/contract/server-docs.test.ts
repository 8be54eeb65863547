import { globSync, readFileSync } from 'node:fs';
import { NovaError, type NovaErrorCode } from '@nova-chat/client';
import { createApp, createLogger } from '@nova-chat/server';
import { describe, expect, it } from 'vitest';
import { toAttemptFailure } from '../../packages/server/src/chat/attempt-failure.js';
import { toApiError } from '../../packages/server/src/chat/to-api-error.js';
import { envVariables } from '../../packages/server/src/config/env-variables.js';
import { readDocs } from '../support/read-docs.js';

const page = readDocs().find(({ path }) => path === 'docs/server.md')?.text ?? '';

/** Rows of the table under a heading, without those of its head. */
function readTable(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const lines = own.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const toNames = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const firstNames = (heading: string): string[] => readTable(heading).flatMap(([cell]) => toNames(cell));

/** The code of the server itself, without providers, which speak to others. */
const source = globSync('packages/server/src/**/*.ts')
  .filter((path) => !/\.test\.ts$|\/(?:testing|providers)\//.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const inSource = (pattern: RegExp): string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, name = '']) => name)),
];

describe('the environment variables of docs/server.md', () => {
  const rows = readTable('Environment variables');

  it('are those that there are, each once', () => {
    expect(rows.flatMap(([cell]) => toNames(cell)).toSorted()).toEqual(Object.keys(envVariables).toSorted());
  });

  // What has no value of its own is described in words.
  const told = Object.entries(envVariables).filter(([, variable]) => String(variable.default) !== '');

  it.each(told)('tells the default of %s', (name, variable) => {
    const row = rows.find(([cell]) => toNames(cell)[0] === name);
    expect(toNames(row?.[1])[0]).toBe(String(variable.default));
    expect(row?.[2]).not.toBe('');
  });
});

describe('the keys of the configuration file in docs/server.md', () => {
  interface Schema {
    properties?: Record<string, Schema>;
    additionalProperties?: Schema | false;
    items?: Schema;
  }
  const listKeys = ({ properties = {}, additionalProperties: named, items }: Schema): string[] => [
    ...Object.entries(properties).flatMap(([key, schema]) => [
      `.${key}`,
      ...listKeys(schema).map((inner) => `.${key}${inner}`),
    ]),
    ...(named ? listKeys(named).map((inner) => `.<name>${inner}`) : []),
    ...(items ? listKeys(items).map((inner) => `[]${inner}`) : []),
  ];

  it('are those of the JSON Schema, each once', () => {
    const schema = JSON.parse(readFileSync('packages/server/nova.config.schema.json', 'utf8')) as Schema;
    const keys = listKeys(schema).map((key) => key.slice(1));
    expect(keys.length).toBeGreaterThan(5);
    expect(firstNames('Keys of the configuration file').toSorted()).toEqual(keys.toSorted());
  });
});

describe('the endpoints of docs/server.md', () => {
  it('are those that the app routes, each once', () => {
    const app = createApp({
      config: {
        allowedOrigins: ['*'],
        maxBodyBytes: 1,
        peekMs: 1,
        keepAliveMs: 1,
        startMs: 1,
        retryDelaysMs: [],
      },
      providers: [],
      logger: createLogger('silent'),
    });
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}`);
    expect(routes.length).toBeGreaterThan(10);
    expect(firstNames('Endpoints').toSorted()).toEqual(routes.toSorted());
  });
});

describe('the headers of docs/server.md', () => {
  const toLower = (names: string[]): string[] => names.map((name) => name.toLowerCase()).toSorted();

  it('are those that the server reads, each once', () => {
    const read = inSource(/req\.header\('([\w-]+)'\)/g);
    expect(read.length).toBeGreaterThan(10);
    expect(toLower(firstNames('Request headers'))).toEqual(toLower(read));
  });

  it('are those that it sends, each once', () => {
    const sent = new Set(inSource(/(?<!req)(?:\.header\(|setHeader\(context, )'([\w-]+)'/g));
    // Of errors, which carry theirs with them.
    for (const name of inSource(/headers: \{ '?([\w-]+)'?: /g)) sent.add(name);
    // Of streams, which are written past the framework. No other member has such a name.
    for (const name of inSource(/'([a-z]+(?:-[a-z]+)+)': /g)) sent.add(name);
    expect(sent.size).toBeGreaterThan(10);
    expect(toLower(firstNames('Response headers'))).toEqual(toLower([...sent]));
  });
});

describe('the errors of docs/server.md', () => {
  const documented = readTable('Errors and status codes').flatMap(([status, codes]) =>
    toNames(codes).map((code) => `${status} ${code}`),
  );

  it('are those that the server makes, each once', () => {
    const made = new Set<string>();
    for (const [, status, code] of source.matchAll(/status: (\d{3}),\s*(?:type: '\w+',\s*)?code: '(\w+)'/g))
      made.add(`${status} ${code}`);
    for (const [, code] of source.matchAll(/badRequest\('(\w+)'/g)) made.add(`400 ${code}`);
    for (const [, end] of source.matchAll(/badRequest\(`\$\{kind\}(\w+)`/g))
      for (const kind of ['integer', 'decimal']) made.add(`400 ${kind}${end}`);
    for (const error of upstreamErrors()) made.add(error);
    expect(made.size).toBeGreaterThan(20);
    expect(documented.toSorted()).toEqual([...made].toSorted());
  });

  it('say when', () => {
    for (const [status, , when] of readTable('Errors and status codes')) expect(when, status).not.toBe('');
  });
});

/** What becomes of each way in which a provider can fail. A fault of the caller keeps the provider's own code. */
function upstreamErrors(): string[] {
  const clientPage = readDocs().find(({ path }) => path === 'docs/client.md')?.text ?? '';
  const [, section = ''] = clientPage.split('### Error codes');
  const codes = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code as NovaErrorCode);
  const thrown = [new Error('x'), ...codes.map((code) => new NovaError({ code, message: '' }))];
  return thrown
    .map((error) => toAttemptFailure(error, 'p', 1))
    .filter(({ fault }) => fault === 'provider')
    .map((failure) => toApiError([failure]))
    .map(({ status, code }) => `${status} ${code}`);
}
