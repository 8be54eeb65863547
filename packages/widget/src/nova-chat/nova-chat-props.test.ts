import { expectTypeOf, it } from 'vitest';
import type { NovaSendEvent } from '../events/nova-events.js';
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
