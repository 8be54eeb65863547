import type { ChatChunk } from './chat-chunk.js';
import type { ChatCompletion } from './chat-completion.js';
import { type ErrorBody, parseErrorBody } from './error-body.js';
import { isRecord } from './is-record.js';
import { parseJson } from './parse-json.js';

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
 * what loose servers leave out or misshape (`choices`, `index`, `delta`, content as parts, tool calls) is put right, so
 * that every choice of a chunk has a numeric `index` and a `delta`, content is text or null, and what is there of a
 * tool call is text; lists that are empty or none are left out. The choices of a whole answer are put right in the same way.
 */
export function parseChunk(data: string): ParsedChunk {
  if (data.length < 16 && data.trim() === '[DONE]') return { type: 'done' };
  return toParsedChunk(parseJson(data));
}

/** Tells what a value of JSON is, as `parseChunk` does for text. */
export function toParsedChunk(value: unknown): ParsedChunk {
  const body = parseErrorBody(value);
  if (body) return { type: 'error', body };
  if (!isRecord(value)) return { type: 'invalid' };
  const { choices } = value;
  if (!Array.isArray(choices) && !isRecord(value['usage']) && !isRecord(value['nova'])) return { type: 'unknown' };
  const records = Array.isArray(choices) ? choices.filter(isRecord) : [];
  const isWhole = isRecord(records[0]?.['message']) && !isRecord(records[0]['delta']);
  records.forEach((choice, position) => void mendChoice(choice, position, isWhole ? 'message' : 'delta'));
  value['choices'] = records;
  if (isWhole) return { type: 'completion', completion: value as unknown as ChatCompletion };
  return { type: 'chunk', chunk: value as ChatChunk };
}

function mendChoice(choice: Record<string, unknown>, position: number, member: 'message' | 'delta'): void {
  const { index, finish_reason: reason } = choice;
  if (!Number.isInteger(index) || (index as number) < 0) choice['index'] = position;
  choice['finish_reason'] = reason && typeof reason === 'string' ? reason : null;
  choice[member] = toMembers(choice[member]);
}

export const textMembers: string[] = ['content', 'refusal', 'reasoning_content'];
export const listMembers: string[] = ['tool_calls', 'annotations'];

function toMembers(given: unknown): Record<string, unknown> {
  const members = isRecord(given) ? given : {};
  // OpenRouter and newer vLLM have a name of their own for it.
  if (members['reasoning']) members['reasoning_content'] ||= members['reasoning'];
  mend(members, textMembers, toText);
  listMembers.forEach((member) => {
    const given = members[member];
    const list = Array.isArray(given) ? given.filter(isRecord) : [];
    if (list.length) members[member] = list;
    else delete members[member];
  });
  (members['tool_calls'] as Record<string, unknown>[] | undefined)?.forEach(mendCall);
  return members;
}

function mendCall(call: Record<string, unknown>): void {
  const named = isRecord(call['function']) ? call['function'] : {};
  call['function'] = named;
  if (!Number.isInteger(call['index'])) delete call['index'];
  mend(call, ['id'], toJson);
  mend(named, ['name', 'arguments'], toJson);
}

function mend(held: Record<string, unknown>, members: string[], toValue: (value: unknown) => unknown): void {
  members.forEach((member) => {
    const value = held[member];
    if (value !== undefined && typeof value !== 'string') held[member] = toValue(value);
  });
}

/** Some servers send null for what a fragment leaves out, numbers as ids, and arguments as an object. */
function toJson(value: unknown): string | undefined {
  return value === null ? undefined : JSON.stringify(value);
}

/** Text of content that came as parts, as some servers of open models send it. */
function toText(content: unknown): string | null {
  if (!Array.isArray(content)) return null;
  return content.map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}
