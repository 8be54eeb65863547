import type { ComponentProps, Ref } from 'react';
import { expectTypeOf, it } from 'vitest';
import type { NovaSendEvent } from '../events/nova-events.js';
import type { NovaChat as NovaChatInReact } from '../react.js';
import type { NovaChat } from './nova-chat.js';
import type { NovaChatListeners, NovaChatProps } from './nova-chat-props.js';

it('types what a template gives: known names, right values, or nothing', () => {
  expectTypeOf<{ heading: string | undefined; mode: 'inline'; starters: string[] }>().toExtend<NovaChatProps>();
  expectTypeOf<{ mode: 'wrong' }>().not.toExtend<NovaChatProps>();
  expectTypeOf<NovaChatProps>().not.toHaveProperty('updateComplete');
  expectTypeOf<NovaChatProps>().not.toHaveProperty('title');
});

it('types its listeners, in the way of each framework', () => {
  expectTypeOf<NonNullable<NovaChatListeners['onnova-send']>>().parameter(0).toEqualTypeOf<NovaSendEvent>();
  expectTypeOf<NonNullable<NovaChatListeners<'on:'>['on:nova-send']>>().parameter(0).toEqualTypeOf<NovaSendEvent>();
});

it('types the component for React: values that may be undefined, its events, and no methods', () => {
  type Props = ComponentProps<typeof NovaChatInReact>;
  expectTypeOf<{ heading: string | undefined; className: string; children: string }>().toExtend<Props>();
  expectTypeOf<NonNullable<Props['onSend']>>().parameter(0).toEqualTypeOf<NovaSendEvent>();
  expectTypeOf<Props['ref']>().toEqualTypeOf<Ref<NovaChat> | undefined>();
  expectTypeOf<Props>().not.toHaveProperty('send');
});
