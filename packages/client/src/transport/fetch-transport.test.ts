import { expect, it } from 'vitest';
import { createClient } from '../create-client.js';

it('takes a fetch that shows a page only the headers that were agreed upon, as that of SvelteKit', async () => {
  const fetch = async (): Promise<Response> => {
    const response = Response.json({ ok: true }, { headers: { 'x-request-id': 'r1' } });
    const { headers } = response;
    headers.get = (name) => {
      if (name === 'content-type') return Headers.prototype.get.call(headers, name);
      throw new Error(`Failed to get response header "${name}"`);
    };
    return response;
  };
  const nova = createClient({ baseUrl: 'http://nova.test', fetch, retry: { delays: [] } });
  expect(await nova.get('/x').withResponse()).toMatchObject({ data: { ok: true }, requestId: 'r1' });
});

it('takes headers that are no Headers', async () => {
  const headers = { get: (name: string) => (name === 'content-type' ? 'application/json' : null) };
  const fetch = async (): Promise<Response> =>
    ({
      status: 200,
      headers,
      body: null,
      arrayBuffer: async () => new TextEncoder().encode('{"ok":true}').buffer,
    }) as never;
  expect(await createClient({ baseUrl: 'http://nova.test', fetch }).get('/x')).toEqual({ ok: true });
});
