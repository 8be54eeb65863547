import type * as React from 'react';
import type { NovaChatProperties } from './nova-chat/nova-chat-properties.js';

/** What `<nova-chat>` takes in JSX: its own properties, and what any element takes. */
export type NovaChatJsxProps = Partial<Omit<NovaChatProperties, keyof HTMLElement | keyof import('lit').LitElement>> &
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
