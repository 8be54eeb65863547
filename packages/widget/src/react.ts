import './define.js';
import { createComponent, type EventName, type ReactWebComponent } from '@lit/react';
import * as React from 'react';
import type { NovaEventMap } from './events/nova-events.js';
import { NovaChat as NovaChatElement } from './nova-chat/nova-chat.js';

/** Every event of the element, so that none can be forgotten here. */
const props = {
  'nova-ready': 'onReady',
  'nova-shutdown': 'onShutdown',
  'nova-consent': 'onConsent',
  'nova-before-show': 'onBeforeShow',
  'nova-before-hide': 'onBeforeHide',
  'nova-show': 'onShow',
  'nova-hide': 'onHide',
  'nova-before-send': 'onBeforeSend',
  'nova-send': 'onSend',
  'nova-response-start': 'onResponseStart',
  'nova-response-end': 'onResponseEnd',
  'nova-error': 'onNovaError',
  'nova-feedback': 'onFeedback',
  'nova-unread': 'onUnread',
  'nova-conversation-change': 'onConversationChange',
} as const satisfies Record<keyof NovaEventMap, string>;

type NovaChatEvents = { [Name in keyof NovaEventMap as (typeof props)[Name]]: EventName<NovaEventMap[Name]> };

/**
 * Renders `<nova-chat>` in React 18 or later: properties are props, events are `onReady`, `onSend`, `onResponseEnd` and
 * so on (`onNovaError`, as React has an `onError` of its own), and a `ref` gives the element with its methods.
 */
export const NovaChat: ReactWebComponent<NovaChatElement, NovaChatEvents> = createComponent({
  tagName: 'nova-chat',
  elementClass: NovaChatElement,
  react: React,
  events: Object.fromEntries(Object.entries(props).map(([name, prop]) => [prop, name])) as NovaChatEvents,
});
