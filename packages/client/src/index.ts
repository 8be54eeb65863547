export type * from './client-options.js';
export { type Chat, type ChatAnswer, type ChatOptions, createChat } from './create-chat.js';
export { createClient, type NovaClient } from './create-client.js';
export {
  createResumableChat,
  type ResumableAnswer,
  type ResumableChat,
  type ResumePlace,
} from './create-resumable-chat.js';
export { isNovaError, NovaError, type NovaErrorOptions } from './errors/nova-error.js';
export { type ApiCallOptions, type ApiStreamOptions, NovaAPIClient } from './nova-api-client.js';
export type * from './protocol/index.js';
export type { ChatResult, ChatStream, ResultEnd, ResultFacts } from './resources/answer/chat-stream.js';
export type { ResponsePromise, WithResponse } from './resources/call-json.js';
export type { ChatResource } from './resources/chat.js';
export type { ParsedCompletion, StandardSchema } from './resources/parse-chat.js';
export type { PostStreamOptions, StreamedMessage } from './resources/post-stream.js';
export type { Transport, TransportRequest, TransportResponse } from './transport/transport.js';
