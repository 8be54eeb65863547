export { type ClientTransportOptions, createClientTransport } from './adapters/client-transport.js';
export { type FeedbackValue, NovaFeedbackEvent } from './events/feedback-events.js';
export { NovaConversationChangeEvent, NovaUnreadEvent } from './events/history-events.js';
export {
  NovaBeforeHideEvent,
  NovaBeforeSendEvent,
  NovaBeforeShowEvent,
  NovaErrorEvent,
  type NovaEventMap,
  NovaHideEvent,
  NovaReadyEvent,
  NovaResponseEndEvent,
  NovaResponseStartEvent,
  NovaSendEvent,
  NovaShowEvent,
  NovaShutdownEvent,
} from './events/nova-events.js';
export {
  deleteConversations,
  type ExportFormat,
  exportConversations,
  forgetVisitor,
  newConversation,
} from './features/history/history-commands.js';
export type {
  NovaCodePart,
  NovaImagePart,
  NovaImagePolicy,
  NovaLinkPart,
  NovaLinkPolicy,
  NovaRenderContext,
  NovaRendered,
  NovaRenderers,
  NovaTablePart,
} from './features/shared/nova-renderers.js';
export type {
  NovaCard,
  NovaField,
  NovaForm,
  NovaSchema,
  NovaSchemaResult,
  NovaTool,
  NovaToolContext,
} from './features/shared/nova-tool.js';
export { english } from './i18n/english.js';
export type { NovaFeatureStrings, NovaWords } from './i18n/feature-strings.js';
export type { NovaStrings } from './i18n/nova-strings.js';
export { NovaChat } from './nova-chat/nova-chat.js';
export {
  NovaChatProperties,
  type NovaEnterKey,
  type NovaLayer,
  type NovaMode,
  type NovaModel,
  type NovaPersist,
  type NovaPosition,
  type NovaScrollBehavior,
  type NovaTheme,
  type NovaUser,
} from './nova-chat/nova-chat-properties.js';
export type { NovaChatListeners, NovaChatProps } from './nova-chat/nova-chat-props.js';
