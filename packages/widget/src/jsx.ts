import type * as React from 'react';
import type { NovaChatListeners, NovaChatProps } from './nova-chat/nova-chat-props.js';

/** What `<nova-chat>` takes in JSX: its own properties and events, and what any element takes. */
export type NovaChatJsxProps = NovaChatProps &
  NovaChatListeners &
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
