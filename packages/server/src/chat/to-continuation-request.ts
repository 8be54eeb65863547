import type { ChatRequest } from '@nova-chat/client/protocol';
import { estimateTokens } from '../providers/estimate-usage.js';

const tailLength = 60;
/** What they cost who repeat a tail, of the limit that the caller has set. */
const tailTokens = 32;

/** No model goes on with a longer one, and what a provider says without end must not fill the memory. */
export const maxContinuedLength = 1_048_576;

/** An answer of four hands is no answer. */
export const maxSwitches = 2;

/** Tells whether an answer to this request is a plain text, which another model can go on with. */
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
 * Writes the request that has an answer continued: the conversation and the part that was said. Its last words are asked
 * for again, because only a repetition tells whether the cut was in the middle of a word; the seam takes them out. What was
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
      {
        role: 'user',
        content:
          'Your answer above was cut off by a technical fault. Continue it in the same language and format. ' +
          `Begin by repeating its last words exactly, ${JSON.stringify(toTail(said))}, and go on from there. ` +
          'Do not begin again, and do not mention the fault.',
      },
    ],
  };
}

function toRestOfLimits(request: ChatRequest, said: string): Partial<ChatRequest> {
  const spent = estimateTokens(said) - tailTokens;
  const names = ['max_tokens', 'max_completion_tokens'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const limit = request[name];
      // Of a limit below the tail's nothing can be taken without cutting the seam off.
      return limit ? [[name, Math.min(limit, Math.max(tailTokens, limit - Math.max(0, spent)))]] : [];
    }),
  );
}

/** The last words, from the beginning of a word where there is one. */
function toTail(said: string): string {
  const text = said.trimEnd();
  if (text.length <= tailLength) return text.trimStart();
  const tail = text.slice(-tailLength);
  const space = tail.search(/\s/);
  return space >= 0 && space < tailLength / 2 ? tail.slice(space + 1) : tail;
}
