import './define.js';
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import type { NovaEventMap } from './events/nova-events.js';
import { NovaChat as NovaChatElement } from './nova-chat/nova-chat.js';
import type { NovaChatProps } from './nova-chat/nova-chat-props.js';

type Pascal<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name & string>;
type PropOf<Name> = Name extends `nova-${infer Rest}`
  ? Rest extends 'error'
    ? 'onNovaError'
    : `on${Pascal<Rest>}`
  : never;

/** Made of the element's own list, so that no event can be forgotten here. */
type NovaChatEvents = { [Name in keyof NovaEventMap as PropOf<Name>]: EventName<NovaEventMap[Name]> };

const events: Record<keyof NovaChatEvents, keyof NovaEventMap> = {
  onReady: 'nova-ready',
  onShutdown: 'nova-shutdown',
  onConsent: 'nova-consent',
  onBeforeShow: 'nova-before-show',
  onBeforeHide: 'nova-before-hide',
  onShow: 'nova-show',
  onHide: 'nova-hide',
  onBeforeSend: 'nova-before-send',
  onSend: 'nova-send',
  onResponseStart: 'nova-response-start',
  onResponseEnd: 'nova-response-end',
  onNovaError: 'nova-error',
  onFeedback: 'nova-feedback',
  onUnread: 'nova-unread',
  onConversationChange: 'nova-conversation-change',
};

type Listeners = { [Name in keyof NovaEventMap as PropOf<Name>]?: ((event: NovaEventMap[Name]) => void) | undefined };

/** What `NovaChat` takes in React: properties and events of the element, and what any element takes. */
export type NovaChatReactProps = NovaChatProps &
  Listeners &
  Omit<React.HTMLAttributes<HTMLElement>, keyof NovaChatProps | keyof Listeners> &
  React.RefAttributes<NovaChatElement>;

/**
 * Renders `<nova-chat>` in React 18 or later: properties are props, events are `onReady`, `onSend`, `onResponseEnd` and
 * so on (`onNovaError`, as React has an `onError` of its own), and a `ref` gives the element with its methods.
 */
export const NovaChat: React.ForwardRefExoticComponent<NovaChatReactProps> = createComponent({
  tagName: 'nova-chat',
  elementClass: NovaChatElement,
  react: React,
  events: events as NovaChatEvents,
  // The types of Lit take all that the element has, methods too, and nothing that may be undefined.
}) as React.ForwardRefExoticComponent<NovaChatReactProps>;
