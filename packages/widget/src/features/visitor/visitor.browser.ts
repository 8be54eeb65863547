import { HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../embed/run-command.js';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat | undefined;
afterEach(() => mounted?.unmount());

it.each([
  ['an id alone', { user: { id: 'u1' } }, { user: 'u1' }, undefined],
  // A page may have it from a database; the API takes a text.
  ['an id that is a number', { user: { id: 17 } as object }, { user: '17' }, undefined],
  ['a name', { user: { name: 'Ada' } }, {}, '{"visitor":"Ada"}'],
  ['a page', { context: { page: 'Pricing', plan: 2 } }, {}, '{"page":"Pricing","plan":2}'],
])('tells of %s', async (_name, properties, request, told) => {
  mounted = await mountChat({ open: true, ...properties });
  mounted.chat.send('Why?');
  await mounted.settle();
  const input = mounted.transport.inputs[0];
  expect(input).toMatchObject(request);
  expect(input?.messages.map(({ role }) => role)).toEqual(told ? ['system', 'user'] : ['user']);
  if (told) expect(input?.messages[0]?.content).toContain(told);
});

describe('the token', () => {
  const sent: (string | null)[] = [];
  const worker = setupWorker(
    http.post('*/v1/chat/completions', ({ request }) => {
      sent.push(request.headers.get('authorization'));
      const chunk = { id: '1', object: 'chat.completion.chunk', created: 1, model: 'm' };
      const choices = [{ index: 0, delta: { content: 'So.' }, finish_reason: 'stop' }];
      return new HttpResponse(`data: ${JSON.stringify({ ...chunk, choices })}\n\ndata: [DONE]\n\n`, {
        headers: { 'content-type': 'text/event-stream' },
      });
    }),
  );
  beforeAll(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
  afterAll(() => worker.stop());
  afterEach(() => {
    sent.length = 0;
    sessionStorage.clear();
  });

  async function mount(properties: Partial<NovaChat> = {}): Promise<NovaChat> {
    mounted = await mountChat({ open: true, client: undefined, ...properties });
    return mounted.chat;
  }
  async function ask(chat: NovaChat, text = 'Why?'): Promise<string | null | undefined> {
    const asked = sent.length;
    await expect.poll(() => chat.send(text)).toBe(true);
    await expect.poll(() => sent.length).toBe(asked + 1);
    await expect.poll(() => chat.conversation.getState().live).toBeUndefined();
    return sent.at(-1);
  }

  it.each<[string, (chat: NovaChat) => unknown]>([
    ['the attribute', (chat) => chat.setAttribute('user', '{"token":"t"}')],
    ['the property', (chat) => Object.assign(chat, { user: { token: 't' } })],
    ["nova('update')", (chat) => runCommand(chat, 'update', [{ user: { token: 't' } }])],
    ["nova('identify')", (chat) => runCommand(chat, 'identify', [{ token: 't' }])],
  ])('goes along with a question in the same breath, set by %s, and with the next ones', async (_name, set) => {
    const chat = await mount({ headers: { authorization: 'Basic p' }, persist: '' });
    set(chat);
    expect(await ask(chat)).toBe('Bearer t');
    // The client of the conversations takes over.
    await expect.poll(() => mounted?.findAll('.history-button').length).toBe(1);
    expect(await ask(chat, 'And?')).toBe('Bearer t');
    expect(await ask(chat, 'And then?')).toBe('Bearer t');
    expect(chat.headers).toEqual({ authorization: 'Basic p' });
  });

  it('is that of the visitor who asks, and none of one who has none', async () => {
    const chat = await mount();
    for (const [user, expected] of [
      [{ id: 'a', token: 'T1' }, 'Bearer T1'],
      [{ id: 'b', token: 'T2' }, 'Bearer T2'],
      [{ id: 'c' }, null],
      [{ id: 'a', token: 'T1' }, 'Bearer T1'],
      [undefined, null],
    ] as const) {
      runCommand(chat, 'identify', [user]);
      expect(await ask(chat)).toBe(expected);
    }
  });

  it('goes with the visitor; what the page sends by itself stays', async () => {
    const chat = await mount({ headers: () => ({ authorization: 'Basic p' }) });
    runCommand(chat, 'identify', [{ token: 't' }]);
    expect(await ask(chat)).toBe('Bearer t');
    await runCommand(chat, 'shutdown', []);
    document.body.append(chat);
    expect(await ask(chat)).toBe('Basic p');
  });

  it('goes along with each round of tools', async () => {
    const chat = await mount({ tools: [{ name: 'a', description: 'b', run: () => 'c' }], user: { token: 't' } });
    expect(await ask(chat)).toBe('Bearer t');
  });
});
