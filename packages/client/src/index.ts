export type * from './client-options.js';
export { createClient, type NovaClient } from './create-client.js';
export { isNovaError, NovaError, type NovaErrorOptions } from './errors/nova-error.js';
export type * from './protocol/index.js';
export type { ResponsePromise, WithResponse } from './resources/call-json.js';
export type { ChatResource } from './resources/chat.js';
export type { ChatResult, ChatStream } from './resources/chat-stream.js';
export type { StreamedMessage } from './resources/post-stream.js';
export type { Transport, TransportRequest, TransportResponse } from './transport/transport.js';
