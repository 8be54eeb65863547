import type * as React from 'react';
import type { NovaEventMap } from './events/nova-events.js';
import type { NovaChatProperties } from './nova-chat/nova-chat-properties.js';

/** Listeners as React 19 takes them from an element of the page, such as `onnova-send`. */
type NovaListeners = { [Name in keyof NovaEventMap as `on${Name}`]?: (event: NovaEventMap[Name]) => void };

/** What `<nova-chat>` takes in JSX: its own properties and events, and what any element takes. */
export type NovaChatJsxProps = Partial<Omit<NovaChatProperties, keyof HTMLElement | keyof import('lit').LitElement>> &
  NovaListeners &
  React.HTMLAttributes<HTMLElement> &
  React.RefAttributes<HTMLElement>;

declare module 'react' {
  // biome-ignore lint/style/noNamespace: React looks for the types of elements there.
  namespace JSX {
    interface IntrinsicElements {
      'nova-chat': NovaChatJsxProps;
    }
  }
}
