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

/** What those have said of a whole answer who broke off. */
export interface Patchwork {
  /** What the next one is asked: to go on, or for all of it. */
  request(): ChatRequest;
  /** Takes what one has said until it broke off. */
  breakOff(said: ChatCompletion, why: { provider: string; error: unknown }): void;
  /** Puts what the last one has said behind the rest. */
  finish(said: ChatCompletion, provider: string): ChatCompletion;
}

interface Part {
  text: string;
  annotations: Annotation[];
  usage: Usage;
}

/**
 * Creates the patchwork of a call. A plain text is gone on with. Anything else is begun anew, and so is a text that
 * nobody shall go on with, or that too many have: nothing of it has been handed on.
 */
export function createPatchwork({ request, onFailure, record }: ChatCall): Patchwork {
  const mayGoOn = onFailure === 'continue' && asksForPlainText(request);
  let torn: (Part & { from: string; reason: string }) | undefined;
  let switches = 0;
  return {
    request: () => (torn ? toContinuationRequest(request, torn.text) : request),
    breakOff(said, { provider, error }) {
      const own = toPart(said, request);
      if (torn && own.text === '') return;
      const joined = torn && joinParts(torn, own);
      switches = joined ? switches + 1 : 0;
      const part = joined ?? own;
      const isPart = part.text !== '' && part.text.length <= maxContinuedLength;
      const goesOn = mayGoOn && isPlain(said) && isPart && switches < maxSwitches;
      torn = goesOn ? { ...part, from: provider, reason: classifyFailure(error).code } : undefined;
    },
    finish(said, provider) {
      const { nova: _, obfuscation: __, ...rest } = said;
      const whole = { ...rest, choices: said.choices.map((choice) => ({ logprobs: null, ...choice })) };
      const [choice] = whole.choices;
      const joined = torn && joinParts(torn, toPart(said, request));
      if (!torn || !joined || !choice) return whole;
      record.switches = switches + 1;
      const { text: content, annotations, usage } = joined;
      const message = { ...choice.message, content, ...(annotations.length > 0 ? { annotations } : {}) };
      return {
        ...whole,
        choices: [{ ...choice, message }],
        // Who does not tell its own cost leaves that of all unknown.
        ...(said.usage ? { usage } : {}),
        nova: { switched: { from: torn.from, to: provider, reason: torn.reason } },
      };
    },
  };
}

function toPart(said: ChatCompletion, request: ChatRequest): Part {
  const { content, annotations } = said.choices[0]?.message ?? {};
  const text = content ?? '';
  return { text, annotations: annotations ?? [], usage: said.usage ?? estimateUsage(request, text) };
}

/** Undefined: the second began the answer anew in other words, and stands for itself. */
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
