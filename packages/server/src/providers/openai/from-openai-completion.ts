import { type ChatCompletion, toParsedChunk } from '@nova-chat/client/protocol';
import { NovaError, toStreamError } from '@nova-chat/client/stream';

/** Converts the body of a whole answer. Throws a `NovaError` when it is none; nothing of the body is in it. */
export function fromOpenAiCompletion(text: string): ChatCompletion {
  const parsed = toParsedChunk(parseJson(text));
  if (parsed.type === 'completion') return parsed.completion;
  if (parsed.type === 'error') throw toStreamError(parsed.body);
  throw new NovaError({
    code: 'invalid_response',
    message: 'The provider answered with something that is not a chat completion. Check OPENAI_BASE_URL.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    return undefined;
  }
}
