import { describe, expect, it, vi } from 'vitest';
import { createDrain } from './http/drain.js';
import { toStaticFile } from './http/static-files.js';
import { createTestApp } from './testing/create-test-app.js';
import { createScriptedProvider } from './testing/scripted-provider.js';

const hello = { messages: [{ role: 'user', content: 'hi' }] };
const { app, ask } = createTestApp();

async function errorOf(response: Response): Promise<Record<string, unknown>> {
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  expect(Object.keys(error)).toEqual(expect.arrayContaining(['message', 'type', 'param', 'code']));
  expect(response.headers.get('x-request-id')).toBeTruthy();
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return error;
}

describe('errors', () => {
  it.each([
    ['malformed JSON', '{"messages":', 400, 'invalid_json', null],
    ['an empty body', '', 400, 'invalid_json', null],
    ['two documents', '{}{}', 400, 'invalid_json', null],
    ['NaN', '{"temperature":NaN}', 400, 'invalid_json', null],
    ['no messages', '{}', 400, 'missing_required_parameter', 'messages'],
    ['empty messages', '{"messages":[]}', 400, 'empty_array', 'messages'],
    ['a wrong type', '{"messages":[{"role":1}]}', 400, 'invalid_type', 'messages[0].role'],
    ['an unknown role', '{"messages":[{"role":"robot"}]}', 400, 'unsupported_value', 'messages[0].role'],
    ['an unknown model', { ...hello, model: 'gpt-99' }, 404, 'model_not_found', 'model'],
  ])("%s gets OpenAI's error", async (_name, body, status, code, param) => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error', code, param });
  });

  it.each([
    ['GET', '/nowhere', 404, 'not_found'],
    ['POST', '/v1/nowhere', 404, 'not_found'],
    ['GET', '/v1/models/gpt-99', 404, 'model_not_found'],
    ['GET', '/widget/none.js', 404, 'not_found'],
    ['GET', '/docs/none', 404, 'not_found'],
    ['GET', '/v1/chat/completions', 405, 'method_not_allowed'],
    ['DELETE', '/v1/models', 405, 'method_not_allowed'],
    ['POST', '/', 405, 'method_not_allowed'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const response = await app.request(path, { method });
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ code });
    if (status === 405) expect(response.headers.get('allow')).toMatch(method === 'GET' ? /POST/ : /GET/);
  });

  it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x']])(
    'does not read a body of type %s',
    async (type) => {
      const response = await ask(hello, { 'content-type': type });
      expect(response.status).toBe(415);
      expect(await errorOf(response)).toMatchObject({ code: 'unsupported_media_type' });
    },
  );

  it('does not unpack a body', async () => {
    const response = await ask(hello, { 'content-encoding': 'gzip' });
    expect(response.status).toBe(415);
  });

  it('takes a charset beside the type', async () => {
    expect((await ask(hello, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  it('says nothing of its own faults', async () => {
    const provider = createScriptedProvider({ steps: () => [] });
    Object.defineProperty(provider, 'complete', { value: 'not a function, with /secret/path in it' });
    const test = createTestApp({ providers: [provider] });
    const response = await test.ask(hello);
    expect(response.status).toBe(502);
    const body = await response.text();
    expect(body).not.toContain('secret');
    expect(body).not.toContain('TypeError');
    await vi.waitFor(() => expect(test.lines().some((line) => line['msg'] === 'internal error')).toBe(true));
  });
});

describe('the body limit', () => {
  const limited = createTestApp({ config: { maxBodyBytes: 2_000 } });
  const big = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(3_000) }] });

  it('refuses what declares to be longer', async () => {
    const response = await limited.ask(big, { 'content-length': String(big.length) });
    expect(response.status).toBe(413);
    expect(await errorOf(response)).toMatchObject({ code: 'request_too_large' });
  });

  it('counts the bytes of a body that declares nothing', async () => {
    const response = await limited.ask(big);
    expect(response.status).toBe(413);
  });

  it('takes a body of exactly the limit', async () => {
    const frame = JSON.stringify({ messages: [{ role: 'user', content: '' }] });
    const exact = frame.replace('""', `"${'x'.repeat(2_000 - frame.length)}"`);
    expect((await limited.ask(exact)).status).toBe(200);
    expect((await limited.ask(`${exact} `)).status).toBe(413);
  });
});

describe('x-request-id', () => {
  it.each(['abc', 'req_1.2:3/4+5=6@7-8', 'x'.repeat(128)])('takes over %s', async (id) => {
    const response = await app.request('/ping', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toBe(id);
  });

  it.each(['', 'a b', 'x'.repeat(129), '<script>', 'é'])('makes one in place of "%s"', async (id) => {
    const response = await app.request('/ping', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/);
  });
});

describe('CORS', () => {
  const listed = createTestApp({ config: { allowedOrigins: ['https://good.example', 'http://localhost:3000'] } });

  it('answers a preflight before anything else, also for an unknown address', async () => {
    const response = await app.request('/v1/chat/completions', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://any.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-stainless-lang',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type,x-stainless-lang');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await app.request('/nowhere', { method: 'OPTIONS' })).status).toBe(204);
  });

  it('exposes what a page must read', async () => {
    const exposed = (await ask(hello)).headers.get('access-control-expose-headers');
    for (const name of ['x-request-id', 'retry-after', 'x-should-retry', 'nova-provider', 'nova-stream-id'])
      expect(exposed).toContain(name);
  });

  it.each([
    ['https://good.example', true],
    ['http://localhost:3000', true],
    ['https://GOOD.example', false],
    ['https://good.example.', false],
    ['https://good.example:444', false],
    ['http://good.example', false],
    ['https://good.example.evil.tld', false],
    ['https://evilgood.example', false],
    ['https://good.example@evil.tld', false],
    ['null', false],
    ['*', false],
    ['', false],
  ])('with a list, lets in exactly what is listed: %s %s', async (origin, allowed) => {
    for (const path of ['/v1/models', '/nowhere']) {
      const response = await listed.app.request(path, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
      expect(response.headers.get('vary')).toMatch(/origin/i);
    }
  });

  it('does not allow a preflight of a foreign origin', async () => {
    const response = await listed.app.request('/v1/models', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.tld' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('access-control-allow-methods')).toBeNull();
  });
});

describe('small endpoints', () => {
  it('lists the models and finds each of them', async () => {
    const list = (await (await app.request('/v1/models')).json()) as { data: { id: string }[] };
    expect(list).toMatchObject({ object: 'list', data: [{ id: 'auto', object: 'model' }, { id: 'scripted/one' }] });
    for (const id of ['auto', 'scripted/one', 'scripted%2Fone']) {
      const response = await app.request(`/v1/models/${id}`);
      expect(await response.json()).toMatchObject({ id: decodeURIComponent(id), object: 'model' });
    }
  });

  it('is healthy, ready and there', async () => {
    expect(await (await app.request('/health')).json()).toEqual({ status: 'ok' });
    expect(await (await app.request('/ready')).json()).toEqual({ status: 'ready' });
    expect(await (await app.request('/ping')).text()).toBe('pong');
  });

  it('takes HEAD where it takes GET', async () => {
    const response = await app.request('/health', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('while draining', () => {
  it('refuses what is asked of the API, and is not ready', async () => {
    const drain = createDrain();
    const test = createTestApp({ drain });
    drain.begin();
    for (const path of ['/ready', '/v1/models', '/v1/chat/streams/st_x']) {
      const response = await test.app.request(path);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(response.headers.get('connection')).toBe('close');
      expect(await errorOf(response)).toMatchObject({ code: 'server_shutting_down' });
    }
    expect((await test.ask(hello)).status).toBe(503);
  });

  it('still gives the files of the widget, without which a page has no chat, and says that it lives', async () => {
    const drain = createDrain();
    const widgetFiles = new Map([['embed.js', await toStaticFile(Buffer.from('1'), 'text/javascript')]]);
    const test = createTestApp({ drain, widgetFiles });
    drain.begin();
    for (const path of ['/widget/embed.js', '/health', '/ping', '/providers/health']) {
      const response = await test.app.request(path);
      expect([path, response.status, response.headers.get('connection')]).toEqual([path, 200, 'close']);
    }
  });
});

describe('the log', () => {
  it('has one line a request, with what is needed to find and to count it', async () => {
    const test = createTestApp();
    await test.ask({ ...hello, model: 'one' }, { 'x-request-id': 'find-me' });
    expect(test.lines()).toHaveLength(1);
    expect(test.lines()[0]).toMatchObject({
      request_id: 'find-me',
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      ms: expect.any(Number),
      provider: 'scripted',
      model: 'one',
      outcome: 'complete',
      attempts: 1,
      completion_tokens: 2,
    });
  });

  it('holds no prompt, key, body or query string', async () => {
    const test = createTestApp();
    const secrets = { authorization: 'Bearer sk-canary', cookie: 'canary-cookie', 'x-custom': 'canary-header' };
    for (const stream of [true, false]) {
      const response = await test.ask({ messages: [{ role: 'user', content: 'canary-prompt' }], stream }, secrets);
      await response.text();
    }
    await test.ask('{"canary-body', secrets);
    await test.app.request('/ping?key=canary-query', { headers: secrets });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(test.lines()).toHaveLength(4);
    expect(JSON.stringify(test.lines())).not.toContain('canary');
  });
});
