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
 * (Groq), Anthropic's `{ type: 'error', error: { type } }`, Gemini's `status`.
 */
export function parseErrorBody(body: unknown): ErrorBody | undefined {
  const source = Array.isArray(body) ? body[0] : body;
  if (!isRecord(source) || source['error'] === undefined || source['error'] === null) return undefined;
  const error = source['error'];
  if (typeof error === 'string') return toErrorBody({ message: error, type: 'api_error' });
  if (!isRecord(error)) return undefined;
  const type = text(error['type']) ?? text(error['status']);
  return toErrorBody({
    message: text(error['message']) ?? 'The server sent an error without a message.',
    type: type ?? 'api_error',
    param: text(error['param']) ?? null,
    code: text(error['code']) ?? type ?? null,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
