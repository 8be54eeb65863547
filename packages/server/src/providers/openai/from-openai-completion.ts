import { type ChatCompletion, toParsedChunk } from '@nova-chat/client/protocol';
import { NovaError, toStreamError } from '@nova-chat/client/stream';
import { mendWholeCalls } from './mend-tool-calls.js';

/** Converts the body of a whole answer. Throws a `NovaError` when it is not one; the error has nothing of the body. */
export function fromOpenAiCompletion(body: unknown): ChatCompletion {
  const parsed = toParsedChunk(body);
  if (parsed.type === 'completion') {
    for (const { message } of parsed.completion.choices) mendWholeCalls(message.tool_calls ?? []);
    return parsed.completion;
  }
  if (parsed.type === 'error') throw toStreamError(parsed.body);
  throw new NovaError({
    code: 'invalid_response',
    message: 'The provider answered with something that is not a chat completion. Check OPENAI_BASE_URL.',
  });
}
