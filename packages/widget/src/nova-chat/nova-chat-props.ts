import type { NovaEventMap } from '../events/nova-events.js';
import type { NovaChatProperties } from './nova-chat-properties.js';

type Own = Omit<NovaChatProperties, keyof HTMLElement | keyof import('lit').LitElement>;

/** What a template of any framework can give `<nova-chat>`: its properties, each of which can be left out. */
export type NovaChatProps = { [Name in keyof Own]?: Own[Name] | undefined };

/**
 * The events of `<nova-chat>` as listeners in a template: their names behind a prefix, such as `onnova-send` in React,
 * Preact and Svelte, and with `on:` in Solid.
 */
export type NovaChatListeners<Prefix extends string = 'on'> = {
  [Name in keyof NovaEventMap as `${Prefix}${Name}`]?: ((event: NovaEventMap[Name]) => void) | undefined;
};
