import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import type { SiteContent } from '../../content/site-content.js';
import { estimateUsage } from '../estimate-usage.js';
import type { Provider, ProviderCall, ProviderChunk } from '../provider.js';
import { createCallerError } from '../shared/create-caller-error.js';
import { type ChunkContent, createChunk, createChunkHead, createUsageChunk } from '../shared/create-chunk.js';
import type { AnswerPart } from './compose-answer.js';
import { type Answerer, createAnswerer, prepareAnswerer } from './create-answerer.js';
import { type LimitedAnswer, limitAnswer } from './limit-answer.js';
import { refusesForm } from './refuses-form.js';
import { splitPieces } from './split-pieces.js';

/** Options of `createSiteProvider`. */
export interface SiteProviderOptions {
  /** Default `site`. */
  name?: string;
  content: SiteContent;
  /** Between two pieces of a streamed answer, so that a visitor sees it being written. Default 10. */
  delayMs?: number;
}

/**
 * Creates the provider that needs neither a key nor the network: it quotes the site's own content, each passage with
 * its source as a `url_citation`, and says so when the content has no answer. It keeps to `max_tokens` and `stop`, calls
 * no tools, and refuses forms of answer that a quotation cannot have. Indexes the content at once.
 */
export function createSiteProvider(options: SiteProviderOptions): Provider {
  return toProvider(createAnswerer(options.content), options);
}

/** Does the same in turns with the requests that come meanwhile. */
export async function prepareSiteProvider(options: SiteProviderOptions): Promise<Provider> {
  return toProvider(await prepareAnswerer(options.content), options);
}

function toProvider(findAnswer: Answerer, { name = 'site', delayMs = 10 }: SiteProviderOptions): Provider {
  const answer = (request: ChatRequest): LimitedAnswer => {
    const refusal = refusesForm(request);
    if (refusal) throw createCallerError(refusal);
    return limitAnswer(findAnswer(request.messages), request);
  };
  return {
    name,
    models: ['site'],
    // Passages of the site do not fit behind half a sentence of a model.
    continues: false,
    refuses: refusesForm,
    async *stream(request, call): AsyncGenerator<ProviderChunk[]> {
      yield* streamAnswer(answer(request), { request, call, delayMs });
    },
    complete: async (request, call) => {
      throwIfAborted(call.signal);
      return toCompletion(answer(request), request, call);
    },
  };
}

interface StreamOptions {
  request: ChatRequest;
  call: ProviderCall;
  delayMs: number;
}

async function* streamAnswer(
  { parts, finishReason }: LimitedAnswer,
  { request, call, delayMs }: StreamOptions,
): AsyncGenerator<ProviderChunk[]> {
  const head = createChunkHead(call.model);
  const toBatch = (content: ChunkContent): ProviderChunk[] => {
    throwIfAborted(call.signal);
    return [{ chunk: createChunk(head, content) }];
  };
  yield toBatch({ delta: { role: 'assistant', content: '' } });
  for (const { text, citation } of parts) {
    for (const piece of splitPieces(text)) {
      yield toBatch({ delta: { content: piece } });
      await wait(delayMs, call.signal);
    }
    if (citation) yield toBatch({ delta: { annotations: [{ type: 'url_citation', url_citation: citation }] } });
  }
  yield toBatch({ finishReason });
  if (request.stream_options?.include_usage)
    yield [{ chunk: createUsageChunk(head, estimateUsage(request, toText(parts))) }];
}

function toCompletion(
  { parts, finishReason }: LimitedAnswer,
  request: ChatRequest,
  call: ProviderCall,
): ChatCompletion {
  const content = toText(parts);
  const annotations = parts.flatMap(({ citation }) =>
    citation ? [{ type: 'url_citation' as const, url_citation: citation }] : [],
  );
  return {
    ...createChunkHead(call.model),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations },
        finish_reason: finishReason,
        logprobs: null,
      },
    ],
    usage: estimateUsage(request, content),
  };
}

function toText(parts: readonly AnswerPart[]): string {
  return parts.map(({ text }) => text).join('');
}

async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs <= 0) return;
  // The next chunk looks at the signal and throws what a provider has to throw.
  await sleep(delayMs, undefined, { signal }).catch(() => undefined);
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted)
    throw new NovaError({ code: 'aborted', message: 'The call was ended from outside.', cause: signal.reason });
}
