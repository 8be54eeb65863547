import type { FinishReason } from '@nova-chat/client/protocol';

const reasons: Record<string, FinishReason> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  LANGUAGE: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  MODEL_ARMOR: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
  IMAGE_PROHIBITED_CONTENT: 'content_filter',
  IMAGE_RECITATION: 'content_filter',
};

/** Words for an answer that the model spoilt: what came of it is no answer, and another try may be one. */
const spoilt = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
  'MISSING_THOUGHT_SIGNATURE',
]);

/** Tells the finish reasons that are failures. */
export function isSpoilt(finishReason: string): boolean {
  return spoilt.has(finishReason);
}

/** Converts a finish reason; an answer with function calls ends in `STOP` too. Unknown words are kept in lower case. */
export function toFinishReason(finishReason: string, hasCalls: boolean): FinishReason {
  if (finishReason === 'STOP' && hasCalls) return 'tool_calls';
  return Object.hasOwn(reasons, finishReason) ? (reasons[finishReason] ?? 'stop') : finishReason.toLowerCase();
}
