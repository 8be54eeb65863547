import './define.js';
import { createComponent, type EventName, type ReactWebComponent } from '@lit/react';
import * as React from 'react';
import type { NovaConversationChangeEvent, NovaUnreadEvent } from './events/history-events.js';
import type {
  NovaBeforeHideEvent,
  NovaBeforeSendEvent,
  NovaBeforeShowEvent,
  NovaErrorEvent,
  NovaHideEvent,
  NovaReadyEvent,
  NovaResponseEndEvent,
  NovaResponseStartEvent,
  NovaSendEvent,
  NovaShowEvent,
  NovaShutdownEvent,
} from './events/nova-events.js';
import { NovaChat as NovaChatElement } from './nova-chat/nova-chat.js';

const events = {
  onReady: 'nova-ready' as EventName<NovaReadyEvent>,
  onBeforeShow: 'nova-before-show' as EventName<NovaBeforeShowEvent>,
  onShow: 'nova-show' as EventName<NovaShowEvent>,
  onBeforeHide: 'nova-before-hide' as EventName<NovaBeforeHideEvent>,
  onHide: 'nova-hide' as EventName<NovaHideEvent>,
  onBeforeSend: 'nova-before-send' as EventName<NovaBeforeSendEvent>,
  onSend: 'nova-send' as EventName<NovaSendEvent>,
  onResponseStart: 'nova-response-start' as EventName<NovaResponseStartEvent>,
  onResponseEnd: 'nova-response-end' as EventName<NovaResponseEndEvent>,
  onNovaError: 'nova-error' as EventName<NovaErrorEvent>,
  onUnread: 'nova-unread' as EventName<NovaUnreadEvent>,
  onConversationChange: 'nova-conversation-change' as EventName<NovaConversationChangeEvent>,
  onShutdown: 'nova-shutdown' as EventName<NovaShutdownEvent>,
};

/**
 * Renders `<nova-chat>` in React 18 or later: properties are props, events are `onReady`, `onSend`, `onResponseEnd` and
 * so on (`onNovaError`, as React has an `onError` of its own), and a `ref` gives the element with its methods.
 */
export const NovaChat: ReactWebComponent<NovaChatElement, typeof events> = createComponent({
  tagName: 'nova-chat',
  elementClass: NovaChatElement,
  react: React,
  events,
});
