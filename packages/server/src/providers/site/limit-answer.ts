import type { ChatRequest } from '@nova-chat/client/protocol';
import { charsPerToken } from '../estimate-usage.js';
import { readStop } from '../shared/read-stop.js';
import type { AnswerPart } from './compose-answer.js';

export interface LimitedAnswer {
  parts: AnswerPart[];
  finishReason: 'stop' | 'length';
}

/** Ends an answer before the first stop sequence, or where `max_completion_tokens` or `max_tokens` are used up. */
export function limitAnswer(parts: readonly AnswerPart[], request: ChatRequest): LimitedAnswer {
  const whole = parts.map(({ text }) => text).join('');
  let stopAt = whole.length;
  for (const stop of readStop(request)) {
    const at = whole.indexOf(stop);
    if (at >= 0) stopAt = Math.min(stopAt, at);
  }
  const tokens = request.max_completion_tokens ?? request.max_tokens;
  const mostChars = tokens ? tokens * charsPerToken : Number.POSITIVE_INFINITY;
  if (mostChars >= stopAt) return { parts: cutParts(parts, stopAt), finishReason: 'stop' };
  return { parts: cutParts(parts, toBoundary(whole, mostChars)), finishReason: 'length' };
}

/** Half of a surrogate pair is no character. */
function toBoundary(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}

function cutParts(parts: readonly AnswerPart[], length: number): AnswerPart[] {
  let at = 0;
  return parts.flatMap(({ text, citation }) => {
    const said = text.slice(0, Math.max(0, length - at));
    at += text.length;
    if (said === '') return [];
    // A source is named when some of it was quoted.
    if (!citation || citation.start_index >= length) return [{ text: said }];
    return [{ text: said, citation: { ...citation, end_index: Math.min(citation.end_index, length) } }];
  });
}
