export { isNovaError, NovaError, type NovaErrorOptions } from '../errors/nova-error.js';
export { parseRetryAfter } from '../errors/parse-retry-after.js';
export { refusesStream } from '../errors/refuses-stream.js';
export { toStatusError } from '../errors/to-status-error.js';
export { addToolCallDelta, type StreamedToolCall } from './add-tool-call-delta.js';
export { type ChoiceProgress, createChoiceProgress } from './choice-progress.js';
export {
  type ContinuationJoiner,
  createContinuationJoiner,
  RestartedAnswerError,
} from './continuation/create-continuation-joiner.js';
export { toContinuationPrompt } from './continuation/to-continuation-prompt.js';
export { type Accumulator, createAccumulator } from './create-accumulator.js';
export { type ContentTimer, type ContentTimes, createContentTimer } from './create-content-timer.js';
export { createJsonParser } from './create-json-parser.js';
export { type BodyHead, createMessageParser, type DetectingParser } from './create-message-parser.js';
export { createSseParser, type SseParser } from './create-sse-parser.js';
export { detectFormat, type StreamFormat } from './detect-format.js';
export { type BodyGuard, guardBody } from './guard-body.js';
export { type ChatReader, type ChatReadOptions, readChat } from './read-chat.js';
export {
  readMessages,
  readNdjson,
  readNdjsonBatches,
  readSse,
  readSseBatches,
  type StreamSource,
} from './read-messages.js';
export { readText } from './read-text.js';
export type { MessageParser, ParserOptions, StreamMessage } from './stream-message.js';
export { toStreamError } from './to-stream-error.js';
