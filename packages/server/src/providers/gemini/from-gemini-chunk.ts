import type { ChatChunk, ChatRequest, ChunkDelta, ToolCallDelta } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { createCallId } from '../shared/create-call-id.js';
import { type ChunkHead, createChunk, createUsageChunk } from '../shared/create-chunk.js';
import { isRecord, toCount, toRecord, toRecords, toText } from '../shared/json-value.js';
import { readStop } from '../shared/read-stop.js';
import { fromGeminiErrorBody } from './gemini-error.js';
import { type SignatureCarrier, toSignatureCarrier } from './thought-signature.js';
import { isSpoilt, toFinishReason } from './to-finish-reason.js';
import { toUsage } from './to-usage.js';

type Members = Record<string, unknown>;

interface CandidateState {
  calls: number;
  hasSpoken: boolean;
  isFinished: boolean;
}

/** What one stream's chunks need to know of those before them. */
export interface GeminiStreamState {
  head: ChunkHead;
  /** So many choices were asked for. */
  choices: number;
  /** The caller has given words to stop at, and the first one of an answer may be such a word. */
  mayBeEmpty: boolean;
  /** By the index of the choice. */
  candidates: Map<number, CandidateState>;
  counts: Members;
}

/** Creates the state of the answer to a request. `head` serves until the stream says its own id and model. */
export function createGeminiStreamState(
  head: ChunkHead,
  request: Pick<ChatRequest, 'n' | 'stop'> = {},
): GeminiStreamState {
  const mayBeEmpty = readStop(request).length > 0;
  return { head, choices: request.n ?? 1, mayBeEmpty, candidates: new Map(), counts: {} };
}

/**
 * Converts one `GenerateContentResponse` of a stream. Function calls come whole; those without an id get one that is
 * made of the answer's id, so that it is the same however the stream is cut. A prompt that was blocked ends every
 * choice with `content_filter`. Throws the `NovaError` of an error in the stream, and `stream_error` when the model
 * spoilt its answer, e.g. by a malformed function call, or gave none.
 */
export function fromGeminiChunk(chunk: Members, state: GeminiStreamState): ChatChunk[] {
  if (chunk['error'] !== undefined) throw fromGeminiErrorBody(chunk);
  const { responseId, modelVersion, candidates, promptFeedback } = chunk;
  if (state.candidates.size === 0) {
    const { head } = state;
    state.head = { ...head, id: toText(responseId) || head.id, model: toText(modelVersion) || head.model };
  }
  Object.assign(state.counts, toRecord(chunk['usageMetadata']));
  const chunks = toRecords(candidates).flatMap((candidate) => fromCandidate(candidate, state));
  if (toText(toRecord(promptFeedback)['blockReason']) && state.candidates.size === 0) return blockAll(state);
  return chunks;
}

/** Tells whether every choice has had its finish reason. */
export function isGeminiStreamComplete(state: GeminiStreamState): boolean {
  return state.candidates.size >= state.choices && isGeminiStreamEnough(state);
}

/**
 * Tells whether what has come is an answer, should nothing follow: fewer choices than were asked for are what some models
 * and proxies give to a stream, and are paid for.
 */
export function isGeminiStreamEnough({ candidates }: GeminiStreamState): boolean {
  return candidates.size > 0 && [...candidates.values()].every(({ isFinished }) => isFinished);
}

/** Gives the chunk that comes last: the counts grow until the end of the stream. */
export function endGeminiStream(state: GeminiStreamState): ChatChunk[] {
  const usage = toUsage(state.counts);
  return usage ? [createUsageChunk(state.head, usage)] : [];
}

function fromCandidate(candidate: Members, state: GeminiStreamState): ChatChunk[] {
  const index = toCount(candidate['index']);
  const chunks: ChatChunk[] = [];
  const add = (delta: ChunkDelta): unknown => chunks.push(createChunk(state.head, { delta, index }));
  let own = state.candidates.get(index);
  if (!own) {
    own = { calls: 0, hasSpoken: false, isFinished: false };
    state.candidates.set(index, own);
    add({ role: 'assistant', content: '' });
  }
  if (own.isFinished) return [];
  for (const part of toRecords(toRecord(candidate['content'])['parts'])) {
    const said = toText(part['text']);
    own.hasSpoken ||= said !== '' || part['text'] === undefined;
    if (isRecord(part['functionCall'])) add({ tool_calls: [toCallDelta(part, { own, index, state })] });
    else if (said) add(part['thought'] === true ? { reasoning_content: said } : { content: said });
  }
  const reason = toText(candidate['finishReason']);
  if (!reason || reason === 'FINISH_REASON_UNSPECIFIED') return chunks;
  // An end at once is no answer but a fault that comes and goes (https://github.com/BerriAI/litellm/issues/24442).
  const isEmpty = reason === 'STOP' && !own.hasSpoken && !state.mayBeEmpty;
  if (isEmpty || isSpoilt(reason)) throw createSpoiltError(reason);
  own.isFinished = true;
  return [...chunks, createChunk(state.head, { index, finishReason: toFinishReason(reason, own.calls > 0) })];
}

/** Creates the error of an answer that the model itself broke. */
export function createSpoiltError(finishReason: string): NovaError {
  return new NovaError({ code: 'stream_error', message: `The model spoilt its answer (${finishReason}).` });
}

interface CallPlace {
  own: CandidateState;
  index: number;
  state: GeminiStreamState;
}

function toCallDelta(part: Members, { own, index, state }: CallPlace): ToolCallDelta & SignatureCarrier {
  const { id, name, args } = toRecord(part['functionCall']);
  const position = own.calls++;
  return {
    index: position,
    id: toText(id) || createCallId(`${state.head.id} ${index} ${position}`),
    type: 'function',
    function: { name: toText(name), arguments: JSON.stringify(args ?? {}) },
    ...toSignatureCarrier(part['thoughtSignature']),
  };
}

function blockAll(state: GeminiStreamState): ChatChunk[] {
  return Array.from({ length: state.choices }, (_, index) => {
    state.candidates.set(index, { calls: 0, hasSpoken: false, isFinished: true });
    return createChunk(state.head, { delta: { role: 'assistant' }, finishReason: 'content_filter', index });
  });
}
