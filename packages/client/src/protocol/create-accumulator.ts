import type { ChatChunk, ChunkChoice, ToolCallDelta } from './chat-chunk.js';
import type { ChatCompletion, CompletionChoice, CompletionMessage } from './chat-completion.js';
import type { ToolCall } from './chat-request.js';

/** Puts the chunks of one answer together. */
export interface Accumulator {
  /** Takes in a chunk as `parseChunk` gives it. */
  add(chunk: ChatChunk): void;
  /** Gives the answer so far; later chunks do not change it. */
  toCompletion(): ChatCompletion;
}

interface Call extends ToolCall {
  index: number;
}

interface Choice extends CompletionChoice {
  calls: Call[];
}

const callMembers = new Set(['index', 'id', 'type', 'function']);
const ownMembers = new Set(['role', 'content', 'refusal', 'reasoning_content', 'tool_calls', 'annotations']);

/**
 * Creates an accumulator. Tool calls whose `index` or `id` is missing, doubled or out of order are still told apart;
 * the result has them in order of index, each with an id.
 */
export function createAccumulator(): Accumulator {
  const head: Partial<ChatCompletion> = {};
  const choices = new Map<number, Choice>();

  return {
    add(chunk) {
      for (const member of Object.keys(chunk)) {
        const value = chunk[member];
        if (member === 'choices' || member === '__proto__' || value === null || value === '') continue;
        // `nova` comes in parts: the provider at first, a switch or the number of attempts later.
        head[member] = member === 'nova' ? { ...head.nova, ...chunk.nova } : value;
      }
      for (const part of chunk.choices) {
        const choice = choices.get(part.index) ?? createChoice(part.index);
        choices.set(part.index, choice);
        addToChoice(choice, part);
      }
    },
    toCompletion() {
      const ordered = [...choices.values()].sort((a, b) => a.index - b.index);
      const base = { id: '', created: 0, model: '', ...head, object: 'chat.completion' as const };
      return { ...base, choices: (ordered.length ? ordered : [createChoice(0)]).map(toCompletionChoice) };
    },
  };
}

function createChoice(index: number): Choice {
  return { index, message: { role: 'assistant', content: null, refusal: null }, finish_reason: null, calls: [] };
}

function addToChoice(choice: Choice, part: ChunkChoice): void {
  const { delta } = part;
  const { message } = choice;
  choice.finish_reason = part.finish_reason ?? choice.finish_reason;
  if (delta.content) message.content = (message.content ?? '') + delta.content;
  if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal;
  if (delta.reasoning_content) message.reasoning_content = (message.reasoning_content ?? '') + delta.reasoning_content;
  if (delta.annotations) message.annotations = append(message.annotations, delta.annotations);
  for (const call of delta.tool_calls ?? []) addToCalls(choice.calls, call);
  if (part.logprobs) {
    const { content, refusal } = part.logprobs;
    choice.logprobs ??= { content: null };
    if (content) choice.logprobs.content = append(choice.logprobs.content, content);
    if (refusal) choice.logprobs.refusal = append(choice.logprobs.refusal, refusal);
  }
  for (const member of Object.keys(delta)) {
    // Assigning `__proto__` would change the prototype instead of adding a member.
    if (!ownMembers.has(member) && member !== '__proto__') message[member] = delta[member];
  }
}

/** Adds in place: a copy for each of many chunks would cost the square of their number. */
function append<T>(held: T[] | null | undefined, more: T[]): T[] {
  if (!held) return [...more];
  held.push(...more);
  return held;
}

function addToCalls(calls: Call[], delta: ToolCallDelta): void {
  const { id, function: { name = '', arguments: args } = {} } = delta;
  const last = calls.at(-1);
  let call = Number.isInteger(delta.index) ? calls.find((held) => held.index === delta.index) : last;
  // Servers that send each call whole give all of them the index 0, or none.
  if (call?.id && id && call.id !== id) call = calls.find((held) => held.id === id);
  call ??= addCall(calls, delta.index);
  if (id) call.id = id;
  // Some servers repeat the whole name on every fragment.
  if (name !== call.function.name) call.function.name += name;
  // Some send the arguments as an object, not as its JSON text.
  if (args) call.function.arguments += typeof args === 'string' ? args : JSON.stringify(args);
  // What else a provider puts on a call has to come back with it, as Gemini's signature in `extra_content`.
  for (const member of Object.keys(delta)) {
    if (!callMembers.has(member) && member !== '__proto__')
      Object.assign(call, { [member]: Reflect.get(delta, member) });
  }
}

function addCall(calls: Call[], asked: number): Call {
  const isFree = Number.isInteger(asked) && !calls.some(({ index }) => index === asked);
  const index = isFree ? asked : Math.max(-1, ...calls.map((call) => call.index)) + 1;
  const call: Call = { index, id: '', type: 'function', function: { name: '', arguments: '' } };
  calls.push(call);
  return call;
}

function toCompletionChoice({ calls, message, logprobs, ...choice }: Choice): CompletionChoice {
  const copy: CompletionMessage = { ...message };
  if (message.annotations) copy.annotations = [...message.annotations];
  if (calls.length) {
    copy.tool_calls = [...calls]
      .sort((a, b) => a.index - b.index)
      .map(({ index, ...call }) => ({ ...call, id: call.id || `call_${index}`, function: { ...call.function } }));
  }
  return { ...choice, message: copy, ...(logprobs && { logprobs: structuredClone(logprobs) }) };
}
