import { afterEach, expect, it } from 'vitest';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat | undefined;
afterEach(() => mounted?.unmount());

it.each([
  ['an id alone', { user: { id: 'u1' } }, { user: 'u1' }, undefined],
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
