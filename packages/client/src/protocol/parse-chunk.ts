import type { ChatChunk, ChunkChoice, ChunkDelta } from './chat-chunk.js';
import type { ChatCompletion } from './chat-completion.js';
import { type ErrorBody, parseErrorBody } from './error-body.js';

/** What one message of a streamed answer is. */
export type ParsedChunk =
  | { type: 'chunk'; chunk: ChatChunk }
  /** A whole answer where a piece was expected: the server ignored `stream`. */
  | { type: 'completion'; completion: ChatCompletion }
  | { type: 'error'; body: ErrorBody }
  | { type: 'done' }
  /** JSON of another shape, e.g. a ping or an event of a newer server. Ignore it. */
  | { type: 'unknown' }
  | { type: 'invalid' };

/**
 * Parses the `data` of one event of a streamed answer. Never throws. Members that are not known stay on the chunk;
 * what loose servers leave out or misshape (`choices`, `index`, `delta`, content as parts) is put right, so that every
 * choice of a chunk has a numeric `index` and a `delta`, and content is text or null.
 */
export function parseChunk(data: string): ParsedChunk {
  if (data.length < 16 && data.trim() === '[DONE]') return { type: 'done' };
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { type: 'invalid' };
  }
  return toParsedChunk(value);
}

/** Tells what a value of JSON is, as `parseChunk` does for text. */
export function toParsedChunk(value: unknown): ParsedChunk {
  const body = parseErrorBody(value);
  if (body) return { type: 'error', body };
  if (!isRecord(value)) return { type: 'invalid' };
  const choices = value['choices'];
  if (!Array.isArray(choices)) {
    if (!isRecord(value['usage']) && !isRecord(value['nova'])) return { type: 'unknown' };
    value['choices'] = [];
    return { type: 'chunk', chunk: value as ChatChunk };
  }
  const records = choices.filter(isRecord);
  const [first] = records;
  if (first && !isRecord(first['delta']) && isRecord(first['message'])) {
    return { type: 'completion', completion: value as unknown as ChatCompletion };
  }
  value['choices'] = records.map(toChoice);
  return { type: 'chunk', chunk: value as ChatChunk };
}

function toChoice(choice: Record<string, unknown>, position: number): ChunkChoice {
  if (!Number.isInteger(choice['index']) || (choice['index'] as number) < 0) choice['index'] = position;
  if (!isRecord(choice['delta'])) choice['delta'] = {};
  if (typeof choice['finish_reason'] !== 'string' || !choice['finish_reason']) choice['finish_reason'] = null;
  const delta = choice['delta'] as Record<string, unknown>;
  for (const member of ['content', 'refusal', 'reasoning_content']) {
    if (delta[member] !== undefined && typeof delta[member] !== 'string') delta[member] = toText(delta[member]);
  }
  for (const member of ['tool_calls', 'annotations']) {
    if (delta[member] === undefined) continue;
    if (Array.isArray(delta[member])) delta[member] = delta[member].filter(isRecord);
    else delete delta[member];
  }
  return choice as unknown as ChunkChoice & { delta: ChunkDelta };
}

/** Text of content that came as parts, as some servers of open models send it. */
function toText(content: unknown): string | null {
  if (!Array.isArray(content)) return null;
  return content
    .map((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
