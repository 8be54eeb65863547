import { describe, expect, it, vi } from 'vitest';
import type { CallOptions, ChatStreamOptions, ClientOptions } from '../client-options.js';
import { createClient, type NovaClient } from '../create-client.js';
import { NovaAPIClient } from '../nova-api-client.js';
import { question } from '../test-support/open-client.js';
import { createScriptedTransport, type ScriptedTransport } from '../testing/create-scripted-transport.js';
import type { StandardSchema } from './parse-chat.js';

const server = 'http://nova.test';
const anything: StandardSchema<unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
};

function open(): { nova: NovaClient; requests: ScriptedTransport['requests'] } {
  const transport = createScriptedTransport([]);
  return { nova: createClient({ baseUrl: server, transport }), requests: transport.requests };
}

describe('options of createClient', () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 5 }, 'baseUrl must be an http(s) URL'],
    [{ transport: createScriptedTransport([]) }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: server, baseurl: '' }, 'baseurl is no option; there are baseUrl, headers'],
    [{ baseUrl: server, toString: 1 }, 'toString is no option'],
    [{ baseUrl: server, fetch: true }, 'fetch must be a function'],
    [{ baseUrl: server, headers: { a: 'x', b: 'x\ny' } }, 'headers.b must be a text of Latin-1 without line breaks'],
    [{ baseUrl: server, headers: { authorization: undefined } }, 'headers.authorization must be a text'],
    [{ baseUrl: server, headers: { 'x-name': 'Ирина' } }, 'headers.x-name must be a text of Latin-1'],
    [{ baseUrl: server, headers: { a: 5 } }, 'headers.a must be'],
    [{ baseUrl: server, headers: [['a', 'b']] }, 'headers must be a plain object'],
    [{ baseUrl: server, headers: null }, 'headers must be'],
    [{ baseUrl: server, headers: new Headers({ a: 'b' }) }, 'headers must be a plain object'],
    [{ baseUrl: server, headers: new Map([['a', 'b']]) }, 'headers must be a plain object'],
    [{ baseUrl: server, transport: {} }, 'transport must be an object with send()'],
    [{ baseUrl: server, logger: { debug() {} } }, 'logger must be an object with debug() and warn()'],
    [{ baseUrl: server, middleware: [1] }, 'middleware must be a list of functions'],
    [{ baseUrl: server, onRetry: {} }, 'onRetry must be a function'],
    [{ baseUrl: server, retry: 3 }, 'retry must be an object'],
    [{ baseUrl: server, retry: null }, 'retry must be an object'],
    [{ baseUrl: server, retry: { tries: 3 } }, 'retry.tries is no option; there are delays, retries'],
    [{ baseUrl: server, retry: { delays: [-1] } }, 'retry.delays must be a list of milliseconds'],
    [{ baseUrl: server, retry: { delays: ['1'] } }, 'retry.delays must be a list of milliseconds'],
    [{ baseUrl: server, retry: { delays: [], retries: 5 } }, 'retry.delays must be a list of at least one wait'],
    [{ baseUrl: server, retry: { delays: [], retries: 5 } }, 'or retry.retries 0'],
    [{ baseUrl: server, retry: { retries: 1.5 } }, 'retry.retries must be a whole number from 0'],
    [{ baseUrl: server, retry: { retries: '1' } }, 'retry.retries must be a whole number from 0'],
    [
      { baseUrl: server, retry: { maxRetryAfterMs: 0 } },
      'retry.maxRetryAfterMs must be a number of milliseconds above 0',
    ],
    [{ baseUrl: server, retry: { jitter: 2 } }, 'retry.jitter must be a number from 0 to 1'],
    [{ baseUrl: server, timeouts: [], retry: { jitter: -1 } }, 'retry.jitter must be a number from 0 to 1'],
    [{ baseUrl: server, timeouts: 'long' }, 'timeouts must be an object'],
    [{ baseUrl: server, timeouts: { idleMs: 0 } }, 'timeouts.idleMs must be a number of milliseconds above 0'],
    [{ baseUrl: server, timeouts: { idleMs: Number.NaN } }, 'timeouts.idleMs must be'],
    [{ baseUrl: server, timeouts: { idle: 5 } }, 'timeouts.idle is no option; there are headersMs'],
    [{ baseUrl: 'api' }, 'baseUrl must be an http(s) URL outside of a page'],
    [{ baseUrl: 'localhost:8787' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'ftp://nova.test' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https://' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https:nova.test' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https//nova.test' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'httpbin.test' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'http://127.0.0.1:99999' }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https://nova test', fetch }, 'baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https://user:key@nova.test/' }, 'without credentials'],
    [{ baseUrl: 'https://nova.test/?key=1' }, 'without credentials, query or hash'],
    [{ baseUrl: 'https://nova.test/?' }, 'query'],
    [{ baseUrl: 'https://nova.test/#a' }, 'hash'],
  ])('are refused: %j', (options, message) => {
    const create = (): unknown => createClient(options as unknown as ClientOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ code: 'invalid_option', retryable: false }));
  });

  it.each([[undefined], [null], [server]])('cannot be %j', (options) => {
    const create = (): unknown => createClient(options as unknown as ClientOptions);
    expect(create).toThrow(
      expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(/^Option baseUrl must be/) }),
    );
  });

  it.each<[ClientOptions]>([
    [{ baseUrl: 'https://nova.test' }],
    [{ baseUrl: 'HTTP://127.0.0.1:8787/a@b/' }],
    [{ baseUrl: 'http://[::1]:8787/api' }],
    [{ baseUrl: '/api', fetch }],
    [{ baseUrl: '', transport: createScriptedTransport([]) }],
    [{ baseUrl: server, retry: { delays: [] }, timeouts: { totalMs: Number.POSITIVE_INFINITY, idleMs: undefined } }],
    [{ baseUrl: server, retry: { delays: [], retries: 0 } }],
    [{ baseUrl: server, retry: { delays: [0], retries: 5 }, logger: console, headers: () => ({}) }],
  ])('are taken: %o', (options) => {
    expect(() => createClient(options)).not.toThrow();
  });

  it('take a path in a page, which has an origin', () => {
    vi.stubGlobal('location', { href: 'https://shop.test/' });
    try {
      for (const baseUrl of ['', '/api', 'api', '//nova.test']) expect(() => createClient({ baseUrl })).not.toThrow();
      for (const baseUrl of ['localhost:8787', 'https://nova.test:99999']) {
        expect(() => createClient({ baseUrl })).toThrow('baseUrl must be');
      }
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('take a path on a server too, which renders what asks in the page, and refuse it when it is asked there', async () => {
    const onRetry = vi.fn();
    for (const baseUrl of ['', '/api', '//nova.test']) {
      const nova = createClient({ baseUrl, onRetry });
      const refused = {
        code: 'invalid_option',
        message: expect.stringMatching(/baseUrl must be an http\(s\) URL outside/),
      };
      await expect(nova.models.list()).rejects.toMatchObject(refused);
      expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: refused });
    }
    expect(onRetry).not.toHaveBeenCalled();
  });

  it('are checked by the older client too, a headers object that would send nothing as well', async () => {
    const transport = createScriptedTransport([]);
    const create = (headers: unknown): NovaAPIClient =>
      new NovaAPIClient(server, 'test', { transport, headers: headers as Record<string, string> });
    expect(() => create(new Headers({ a: 'b' }))).toThrow('headers must be a plain object');
    await expect(create(() => new Headers({ a: 'b' })).get('/x')).rejects.toMatchObject({ code: 'invalid_option' });
  });
});

describe('options of a call', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ timeoutMs: 0 }, 'timeoutMs must be a number of milliseconds above 0'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs must be'],
    [{ timeoutMs: '100' }, 'timeoutMs must be'],
    [{ timeout: 5 }, 'timeout is no option; there are signal, timeoutMs'],
    [{ signal: new AbortController() }, 'signal must be an AbortSignal'],
    [{ signal: null }, 'signal must be an AbortSignal'],
    [{ headers: { a: 5 } }, 'headers.a must be a text'],
    [{ headers: () => ({}) }, 'headers must be a plain object'],
    [{ headers: new Headers({ a: 'b' }) }, 'headers must be a plain object'],
    [{ idempotencyKey: 'a\nb' }, 'idempotencyKey must be a string without line breaks'],
    [{ idempotencyKey: 5 }, 'idempotencyKey must be a string without line breaks, or true'],
  ])('are refused before anything is sent: %j', async (options, message) => {
    const { nova, requests } = open();
    const call = options as CallOptions;
    const refused = { code: 'invalid_option', message: expect.stringContaining(message) };
    await expect(nova.get('/x', call)).rejects.toMatchObject(refused);
    await expect(nova.post('/x', {}, call).withResponse()).rejects.toMatchObject(refused);
    await expect(nova.models.list(call)).rejects.toMatchObject(refused);
    await expect(nova.chat.create(question, call)).rejects.toMatchObject(refused);
    await expect(nova.postStream('/x', {}, call).next()).rejects.toMatchObject(refused);
    expect(() => nova.chat.stream(question, call)).toThrow(expect.objectContaining(refused));
    expect(requests).toHaveLength(0);
  });

  it.each([[null], [5], ['x'], [true]])('cannot be %j', async (options) => {
    const { nova, requests } = open();
    const call = options as unknown as CallOptions;
    const refused = { code: 'invalid_option', message: 'Option options must be an object.' };
    await expect(nova.get('/x', call)).rejects.toMatchObject(refused);
    await expect(nova.post('/x', {}, call)).rejects.toMatchObject(refused);
    await expect(nova.chat.create(question, call)).rejects.toMatchObject(refused);
    await expect(nova.postStream('/x', {}, call).next()).rejects.toMatchObject(refused);
    expect(() => nova.chat.stream(question, call)).toThrow(expect.objectContaining(refused));
    expect(() => nova.chat.resume('s', call)).toThrow(expect.objectContaining(refused));
    expect(requests).toHaveLength(0);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ resume: true }, 'resume must be a number of seconds, or false'],
    [{ resume: -1 }, 'resume must be a number of seconds'],
    [{ resume: '60' }, 'resume must be a number of seconds'],
    [{ maxEventLength: 0 }, 'maxEventLength must be a whole number from 1'],
    [{ timeouts: { idle: 1 } }, 'timeouts.idle is no option'],
    [{ timeouts: { idleMs: -1 } }, 'timeouts.idleMs must be'],
  ])('are refused when it streams: %j', async (options, message) => {
    const { nova, requests } = open();
    const call = options as ChatStreamOptions;
    expect(() => nova.chat.stream(question, call)).toThrow(message);
    expect(() => nova.chat.resume('s', call)).toThrow(message);
    await expect(nova.postStream('/x', {}, call).next()).rejects.toThrow(message);
    expect(requests).toHaveLength(0);
  });
});

describe('a request for an answer', () => {
  it.each([
    [undefined],
    [null],
    ['Hello'],
    [[{ role: 'user', content: 'Hello' }]],
    [{}],
    [{ messages: 'Hello' }],
    [{ messages: { role: 'user', content: 'Hello' } }],
  ])('without a list of messages is refused before it is sent: %j', async (value) => {
    const { nova, requests } = open();
    const request = value as unknown as typeof question;
    const refused = {
      code: 'invalid_option',
      message: 'Option request must be an object with a list of messages.',
    };
    expect(() => nova.chat.stream(request)).toThrow(expect.objectContaining(refused));
    await expect(nova.chat.create(request)).rejects.toMatchObject(refused);
    await expect(nova.chat.parse(request, anything)).rejects.toMatchObject(refused);
    expect(requests).toHaveLength(0);
  });
});
