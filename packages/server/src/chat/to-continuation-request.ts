import type { ChatRequest } from '@nova-chat/client/protocol';
import { toContinuationPrompt } from '@nova-chat/client/stream';
import { estimateTokens } from '../providers/estimate-usage.js';

/** Tokens allowed for the repeated words, of the limit that the caller has set. */
const tailTokens = 32;

/** No model continues a longer answer, and one without end must not fill the memory; in UTF-16 code units. */
export const maxContinuedLength = 1_048_576;

/** Most switches of provider in one answer. */
export const maxSwitches = 2;

/** Tells whether an answer to this request is a plain text, which another model can continue. */
export function asksForPlainText({ n, response_format: format, logprobs }: ChatRequest): boolean {
  return (n ?? 1) === 1 && (format?.type ?? 'text') === 'text' && !logprobs;
}

/** Tells whether what a provider says, in a chunk or whole, is no more than a text. */
export function isPlainText(said: Said): boolean {
  return !(said.tool_calls?.length || said.refusal || said['function_call'] || said['audio']);
}

interface Said {
  tool_calls?: readonly unknown[];
  refusal?: string | null;
  [member: string]: unknown;
}

/**
 * Writes the request that has an answer continued: the conversation, the part that was said and what to do with it. What was
 * said counts towards the caller's limit, by guess.
 */
export function toContinuationRequest(request: ChatRequest, said: string): ChatRequest {
  if (said.trim() === '') return request;
  return {
    ...request,
    ...toRestOfLimits(request, said),
    messages: [
      ...request.messages,
      { role: 'assistant', content: said },
      { role: 'user', content: toContinuationPrompt(said) },
    ],
  };
}

function toRestOfLimits(request: ChatRequest, said: string): Partial<ChatRequest> {
  const spent = estimateTokens(said) - tailTokens;
  const names = ['max_tokens', 'max_completion_tokens'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const limit = request[name];
      // Of a limit below the tail's nothing can be taken without cutting the repetition off.
      return limit ? [[name, Math.min(limit, Math.max(tailTokens, limit - Math.max(0, spent)))]] : [];
    }),
  );
}
