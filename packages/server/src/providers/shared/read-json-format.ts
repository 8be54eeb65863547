import type { ChatRequest } from '@nova-chat/client/protocol';
import { createCallerError } from './create-caller-error.js';
import { isRecord } from './json-value.js';

/** The form of answer that a request asks for: a JSON Schema, any JSON object, or undefined for text. */
export type JsonFormat = { schema: Record<string, unknown> | undefined } | undefined;

/** Reads `response_format`. A `json_schema` without a schema means any object. Throws a caller error about speech. */
export function readJsonFormat(request: ChatRequest): JsonFormat {
  if (request['audio']) {
    throw createCallerError({ message: "The provider does not speak. Leave 'audio' out.", param: 'audio' });
  }
  const format: unknown = request.response_format;
  if (!isRecord(format) || format['type'] === 'text') return undefined;
  if (format['type'] === 'json_object') return { schema: undefined };
  const definition = format['json_schema'];
  if (format['type'] === 'json_schema' && isRecord(definition)) {
    const { schema } = definition;
    return { schema: isRecord(schema) ? schema : undefined };
  }
  throw createCallerError({
    message: "The provider takes 'text', 'json_object' or 'json_schema' as the type of 'response_format'.",
    param: 'response_format',
  });
}
