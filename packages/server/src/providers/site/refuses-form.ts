import type { ChatRequest } from '@nova-chat/client/protocol';
import type { Refusal } from '../provider.js';
import { isRecord } from '../shared/json-value.js';
import { findChoicesRefusal } from '../shared/single-choice.js';

/** Says which form of answer is asked for that quoted passages cannot have. Tools that need not be called are no matter. */
export function refusesForm(request: ChatRequest): Refusal | undefined {
  const { response_format: format, tool_choice: choice, logprobs } = request;
  if (format && format.type !== 'text') return toRefusal('response_format', 'It answers in text, not in JSON.');
  if (choice && choice !== 'auto' && choice !== 'none') return toRefusal('tool_choice', 'It calls no tools.');
  if (isRecord(request['function_call'])) return toRefusal('function_call', 'It calls no functions.');
  if (logprobs) return toRefusal('logprobs', 'It knows no probabilities.');
  if (request['audio']) return toRefusal('audio', 'It does not speak.');
  return findChoicesRefusal(request);
}

function toRefusal(param: string, reason: string): Refusal {
  return {
    param,
    message: `The provider quotes passages of the site. ${reason} Leave '${param}' out, or ask a model.`,
  };
}
