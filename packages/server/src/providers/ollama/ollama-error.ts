import { NovaError } from '@nova-chat/client/stream';
import { createStatusError, type FailedResponse } from '../shared/create-status-error.js';
import { parseJson, toRecord, toText } from '../shared/json-value.js';

/** Converts an answer with an error status. Ollama's errors are a sentence without a code. */
export function toOllamaError(response: FailedResponse): NovaError {
  const message = readMessage(parseJson(response.text));
  const isMissing = response.status === 404 && /\bmodel\b/.test(message);
  // "… does not support tools", or thinking, or pictures: another model may.
  const isUnable = response.status === 400 && /\bdoes not support\b/.test(message);
  const isTooLong = response.status === 400 && /\bcontext (?:length|size)\b/.test(message);
  const type = isMissing
    ? 'model_not_found'
    : isUnable
      ? 'unsupported_value'
      : isTooLong
        ? 'context_length_exceeded'
        : '';
  return createStatusError(response, { code: isBusy(message) ? 'overloaded' : undefined, type, message });
}

/** Converts an error line in mid-stream, or an error body that came with a good status. */
export function fromOllamaErrorLine(line: unknown): NovaError {
  const code = isBusy(readMessage(line)) ? 'overloaded' : 'stream_error';
  return new NovaError({ code, message: 'The provider reported an error in the answer.' });
}

/** The queue of the server is full (`OLLAMA_MAX_QUEUE`). */
function isBusy(message: string): boolean {
  return /server busy|maximum pending requests/i.test(message);
}

function readMessage(body: unknown): string {
  const { error } = toRecord(body);
  const said = toText(error);
  // The body of the server inside, as text.
  const inner = said.startsWith('{') ? readMessage(parseJson(said)) : '';
  return inner || said || toText(toRecord(error)['message']);
}
