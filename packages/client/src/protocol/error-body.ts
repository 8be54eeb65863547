import { isRecord } from './is-record.js';

/**
 * An error on the wire: OpenAI's shape, with all four members always present. `param` names the member of the request
 * at fault; `code` is the word to switch on.
 */
export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** Builds an error body; `param` and `code` default to null. */
export function toErrorBody(error: {
  message: string;
  type: string;
  param?: string | null;
  code?: string | null;
}): ErrorBody {
  const { message, type, param = null, code = null } = error;
  return { error: { message, type, param, code } };
}

/**
 * Reads an error out of a foreign body, or gives undefined when there is none. Takes OpenAI's shape and the known
 * oddities of others: a string as the error, numeric codes (OpenRouter, Gemini), an absent `type`, `param` or `code`
 * (Groq), Anthropic's `{ type: 'error', error: { type } }`, Gemini's `status`, and `{ object: 'error', message }` without
 * a wrapping (Mistral, older vLLM).
 */
export function parseErrorBody(body: unknown): ErrorBody | undefined {
  const source: unknown = Array.isArray(body) ? body[0] : body;
  const found = isRecord(source) && (source['object'] === 'error' ? source : source['error']);
  const error = found && typeof found === 'string' ? { message: found } : found;
  if (!isRecord(error)) return undefined;
  const { message, param, code } = error;
  const type = text(error['type']) ?? text(error['status']);
  return toErrorBody({
    message: text(message) ?? 'The server gave no reason.',
    type: type ?? 'api_error',
    param: text(param),
    code: text(code) ?? type,
  });
}

function text(value: unknown): string | null {
  return typeof value === 'number' || (value && typeof value === 'string') ? String(value) : null;
}
