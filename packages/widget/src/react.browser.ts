import { act, createElement, createRef, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { NovaFeedbackEvent } from './events/feedback-events.js';
import type { NovaChat as NovaChatElement } from './nova-chat/nova-chat.js';
import { NovaChat } from './react.js';
import { HandWrittenTransport } from './testing/hand-written-transport.js';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

it('renders in React, with properties, events and a ref, and leaves nothing behind', async () => {
  const client = new HandWrittenTransport();
  const ref = createRef<NovaChatElement>();
  const onSend = vi.fn();
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const same = { ref, client, onSend, mode: 'inline' } as const;
  const show = (heading: string): Promise<void> =>
    act(async () => root.render(createElement(StrictMode, null, createElement(NovaChat, { ...same, heading }))));
  await show('Help');
  const chat = ref.current as NovaChatElement;
  expect(chat.client).toBe(client);
  expect(chat.send('Why?')).toBe(true);
  await expect.poll(() => onSend.mock.calls[0]?.[0]).toMatchObject({ text: 'Why?' });
  await show('Support');
  expect(ref.current).toBe(chat);
  await chat.updateComplete;
  expect(chat.renderRoot.querySelector('h2')?.textContent).toBe('Support');
  await act(async () => root.unmount());
  expect(host.childElementCount).toBe(0);
  host.remove();
});

it('hears what every feature says, too', async () => {
  const onFeedback = vi.fn();
  const onConsent = vi.fn();
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  await act(async () => root.render(createElement(NovaChat, { onFeedback, onConsent })));
  const chat = host.querySelector('nova-chat');
  chat?.dispatchEvent(new NovaFeedbackEvent('m1', 'up', ''));
  chat?.dispatchEvent(new Event('nova-consent'));
  expect(onFeedback.mock.calls[0]?.[0]).toMatchObject({ messageId: 'm1', value: 'up' });
  expect(onConsent).toHaveBeenCalledOnce();
  await act(async () => root.unmount());
  host.remove();
});
