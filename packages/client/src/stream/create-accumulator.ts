import { type ChatChunk, type ChatCompletion, type CompletionChoice, isRecord } from '../protocol/index.js';
import { addToolCallDelta, type StreamedToolCall } from './add-tool-call-delta.js';

/** Puts the chunks of one answer together. */
export interface Accumulator {
  /** Takes in a chunk as `parseChunk` gives it. */
  add(chunk: ChatChunk): void;
  /** Gives the answer so far; later chunks do not change it. */
  toCompletion(): ChatCompletion;
}

interface Choice extends CompletionChoice {
  calls: StreamedToolCall[];
  /** Members beside the message, log probabilities among them. */
  rest: object;
}

/**
 * Creates an accumulator. Of a choice, text is joined and lists are appended, of members that are not known too; of the
 * rest the last word counts. Tool calls whose `index` or `id` is missing, doubled or out of order are still told apart; the
 * result has them in order of index, each with an id.
 */
export function createAccumulator(): Accumulator {
  const head: Partial<ChatCompletion> = {};
  const choices = new Map<number, Choice>();

  return {
    add(chunk) {
      merge(head, chunk, ofHead);
      for (const given of chunk.choices) {
        const { index, delta, finish_reason: reason } = given;
        const choice = choices.get(index) ?? createChoice(index);
        choices.set(index, choice);
        choice.finish_reason = reason ?? choice.finish_reason;
        merge(choice.rest, given, ofChoice);
        merge(choice.message, delta, ofMessage);
        delta.tool_calls?.forEach((fragment, at) => {
          // What else a provider puts on a call has to come back with it, as Gemini's signature in `extra_content`.
          merge(addToolCallDelta(choice.calls, fragment, at), fragment, ofCall);
        });
      }
    },
    toCompletion() {
      const ordered = choices.size ? [...choices.values()].sort(byIndex) : [createChoice(0)];
      const base = { id: '', created: 0, model: '', ...head, object: 'chat.completion' as const };
      return structuredClone({ ...base, choices: ordered.map(toCompletionChoice) });
    },
  };
}

function createChoice(index: number): Choice {
  const message = { role: 'assistant' as const, content: null, refusal: null };
  return { index, message, finish_reason: null, calls: [], rest: {} };
}

function byIndex(a: { index: number }, b: { index: number }): number {
  return a.index - b.index;
}

interface MergeRule {
  joinsText: boolean;
  joinsLists: boolean;
  /** Put together in ways of their own. Assigning `__proto__` would change the prototype instead of adding a member. */
  apart: Set<string>;
}

/** Servers repeat on each chunk what is about the whole, as Perplexity does with the list of its sources. */
const ofHead: MergeRule = { joinsText: false, joinsLists: false, apart: new Set(['choices', '__proto__']) };
const ofChoice: MergeRule = {
  joinsText: false,
  joinsLists: true,
  apart: new Set(['index', 'delta', 'message', 'finish_reason', '__proto__']),
};
const ofMessage: MergeRule = { joinsText: true, joinsLists: true, apart: new Set(['role', 'tool_calls', '__proto__']) };
const ofCall: MergeRule = {
  joinsText: true,
  joinsLists: true,
  apart: new Set(['index', 'id', 'type', 'function', '__proto__']),
};

function merge(target: object, source: object, rule: MergeRule): void {
  const { joinsText, joinsLists, apart } = rule;
  const held = target as Record<string, unknown>;
  const given = source as Record<string, unknown>;
  for (const member of Object.keys(given)) {
    const value = given[member];
    const before = held[member];
    if (value == null || value === '' || apart.has(member)) continue;
    if (typeof value !== 'object')
      held[member] = joinsText && typeof value === 'string' && typeof before === 'string' ? before + value : value;
    else if (joinsLists && Array.isArray(value) && Array.isArray(before)) before.push(...structuredClone(value));
    else if (isRecord(before) && !Array.isArray(value)) merge(before, value, rule);
    // A chunk belongs to its reader: what grows here is a copy.
    else held[member] = structuredClone(value);
  }
}

function toCompletionChoice({ calls, rest, message, ...choice }: Choice): CompletionChoice {
  const toolCalls = [...calls].sort(byIndex).map(({ index, ...call }) => ({ ...call, id: call.id || `call_${index}` }));
  return { ...rest, ...choice, message: toolCalls.length ? { ...message, tool_calls: toolCalls } : message };
}
