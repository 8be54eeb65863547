import type { Annotation, ChatCompletion, ChatRequest, Usage } from '@nova-chat/client/protocol';
import { createContinuationJoiner, RestartedAnswerError } from '@nova-chat/client/stream';
import { estimateUsage } from '../providers/estimate-usage.js';
import { classifyFailure } from '../routing/index.js';
import { addUsage } from './add-usage.js';
import type { ChatCall } from './chat-call.js';
import {
  asksForPlainText,
  isPlainText,
  maxContinuedLength,
  maxSwitches,
  toContinuationRequest,
} from './to-continuation-request.js';

/** A completion that is not streamed, assembled from the output of the providers that were asked for it. */
export interface CompletionAssembly {
  /** The request to the next provider: to continue, or to answer from the start. */
  request(): ChatRequest;
  /** Adds what a provider has said until it broke off. */
  addPartial(said: ChatCompletion, why: { provider: string; error: unknown }): void;
  /** Adds the output of the provider that ended well, and gives the whole. */
  complete(said: ChatCompletion, provider: string): ChatCompletion;
}

interface Part {
  text: string;
  annotations: Annotation[];
  usage: Usage;
}

/**
 * Creates the assembly of a call. A plain text is continued. Anything else is started over, and so is a text that must not
 * be continued, or was too often: the caller has seen nothing of it.
 */
export function createCompletionAssembly({ request, onFailure, record }: ChatCall): CompletionAssembly {
  const mayContinue = onFailure === 'continue' && asksForPlainText(request);
  let partial: (Part & { from: string; reason: string }) | undefined;
  let switches = 0;
  return {
    request: () => (partial ? toContinuationRequest(request, partial.text) : request),
    addPartial(said, { provider, error }) {
      const own = toPart(said, request);
      if (partial && own.text === '') return;
      const joined = partial && joinParts(partial, own);
      switches = joined ? switches + 1 : 0;
      const part = joined ?? own;
      const isPart = part.text !== '' && part.text.length <= maxContinuedLength;
      const isContinued = mayContinue && isPlain(said) && isPart && switches < maxSwitches;
      partial = isContinued ? { ...part, from: provider, reason: classifyFailure(error).code } : undefined;
    },
    complete(said, provider) {
      const { nova: _, obfuscation: __, ...rest } = said;
      const whole = { ...rest, choices: said.choices.map((choice) => ({ logprobs: null, ...choice })) };
      const [choice] = whole.choices;
      const joined = partial && joinParts(partial, toPart(said, request));
      if (!partial || !joined || !choice) return whole;
      record.switches = switches + 1;
      const { text: content, annotations, usage } = joined;
      const message = { ...choice.message, content, ...(annotations.length > 0 ? { annotations } : {}) };
      return {
        ...whole,
        choices: [{ ...choice, message }],
        // A provider that reports no usage leaves the sum unknown.
        ...(said.usage ? { usage } : {}),
        nova: { switched: { from: partial.from, to: provider, reason: partial.reason } },
      };
    },
  };
}

function toPart(said: ChatCompletion, request: ChatRequest): Part {
  const { content, annotations } = said.choices[0]?.message ?? {};
  const text = content ?? '';
  return { text, annotations: annotations ?? [], usage: said.usage ?? estimateUsage(request, text) };
}

/** Undefined: the second starts the answer over in other words, and stands by itself. */
function joinParts(before: Part, own: Part): Part | undefined {
  const joiner = createContinuationJoiner(before.text);
  try {
    return {
      text: before.text + joiner.push(own.text) + joiner.end(),
      annotations: [...before.annotations, ...own.annotations],
      usage: addUsage(before.usage, own.usage),
    };
  } catch (error) {
    if (error instanceof RestartedAnswerError) return undefined;
    throw error;
  }
}

function isPlain({ choices: [choice, ...others] }: ChatCompletion): boolean {
  return choice !== undefined && others.length === 0 && isPlainText(choice.message);
}
