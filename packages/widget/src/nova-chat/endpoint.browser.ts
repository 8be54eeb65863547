import { HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import '../define.js';
import type { NovaResponseEndEvent } from '../events/nova-events.js';
import type { NovaChat } from './nova-chat.js';

const requests: { url: string; site: string | null; body: unknown }[] = [];

const worker = setupWorker(
  http.post('*/v1/chat/completions', async ({ request }) => {
    requests.push({ url: request.url, site: request.headers.get('x-site'), body: await request.json() });
    const chunk = { id: '1', object: 'chat.completion.chunk', created: 1, model: 'm' };
    const toData = (delta: object, finish_reason: string | null): string =>
      `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    return new HttpResponse(`${toData({ content: 'So.' }, null)}${toData({}, 'stop')}data: [DONE]\n\n`, {
      headers: { 'content-type': 'text/event-stream' },
    });
  }),
);

beforeAll(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
afterAll(() => {
  worker.stop();
  document.body.replaceChildren();
});

function ask(chat: NovaChat, text: string): Promise<NovaResponseEndEvent> {
  return new Promise((resolve) => {
    chat.addEventListener('nova-response-end', resolve, { once: true });
    chat.send(text);
  });
}

it.each([undefined, null])('asks without headers of the page when they are %s, as before a log-in', async (headers) => {
  const chat = document.createElement('nova-chat');
  document.body.append(chat);
  chat.headers = { 'x-site': 'shop' };
  await chat.updateComplete;
  Reflect.set(chat, 'headers', headers);
  await chat.updateComplete;
  expect(await ask(chat, 'Why?')).toMatchObject({ outcome: 'complete' });
  expect(await ask(chat, 'And again?')).toMatchObject({ outcome: 'complete' });
  expect(requests.splice(0)).toMatchObject([{ site: null }, { site: null }]);
});

it('speaks to its endpoint, and to another one from the next question on', async () => {
  const chat = document.createElement('nova-chat');
  chat.setAttribute('endpoint', '/one/v1/chat/completions');
  chat.headers = { 'x-site': 'shop' };
  document.body.append(chat);
  await chat.updateComplete;
  expect(await ask(chat, 'Why?')).toMatchObject({ outcome: 'complete', message: { text: 'So.' } });
  chat.endpoint = 'https://chat.example/two';
  chat.model = 'large';
  await chat.updateComplete;
  expect(await ask(chat, 'And?')).toMatchObject({ outcome: 'complete' });
  expect(requests).toMatchObject([
    {
      url: `${location.origin}/one/v1/chat/completions`,
      site: 'shop',
      body: { stream: true, messages: [{ role: 'user', content: 'Why?' }] },
    },
    {
      url: 'https://chat.example/two/v1/chat/completions',
      site: 'shop',
      body: { model: 'large', messages: [{ content: 'Why?' }, { content: 'So.' }, { content: 'And?' }] },
    },
  ]);
});
