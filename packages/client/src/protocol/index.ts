export type * from './chat-chunk.js';
export type * from './chat-completion.js';
export type * from './chat-event.js';
export type * from './chat-request.js';
export { type ErrorBody, parseErrorBody, toErrorBody } from './error-body.js';
export type { NovaErrorCode } from './error-code.js';
export type * from './model-list.js';
