import { expect, it } from 'vitest';

it('can be imported on a server, and registers nothing', async () => {
  expect(globalThis).not.toHaveProperty('document');
  const { NovaChat, NovaSendEvent } = await import('./index.js');
  expect(NovaChat).toBeTypeOf('function');
  expect(new NovaSendEvent('Why?')).toMatchObject({ type: 'nova-send', text: 'Why?', bubbles: true, composed: true });
  expect(globalThis.customElements?.get('nova-chat')).toBeUndefined();
});
