import type { ChatChunk, ChunkChoice, ProviderSwitch, Usage } from '@nova-chat/client/protocol';
import { type ContinuationJoiner, createContinuationJoiner } from '@nova-chat/client/stream';
import { estimateUsage } from '../providers/estimate-usage.js';
import type { ProviderChunk } from '../providers/provider.js';
import { addUsage } from './add-usage.js';
import type { ChatCall } from './chat-call.js';
import { asksForPlainText, isPlainText, maxContinuedLength } from './to-continuation-request.js';

/**
 * The answer of a stream so far, whichever providers it came from. Every chunk passes through it: it records the usage,
 * hides it from a caller that did not ask for it, and joins the output of several providers into one answer.
 */
export class StreamedAnswer {
  readonly #call: ChatCall;
  readonly #streamId: string;
  #text = '';
  /** What the current batch adds to it. Joined, so that the text does not keep the strings alive that its pieces were cut from. */
  #added: string[] = [];
  #isPlain: boolean;
  /** Usage of the providers that broke off. */
  #spent: Usage | undefined;
  /** Usage that the current provider has reported. */
  #usage: Usage | undefined;
  /** Where the text of the current provider begins. */
  #segmentStart = 0;
  /** The same on all chunks of an answer. */
  #head: Pick<ChatChunk, 'id' | 'created'> | undefined;
  /** The choices that have begun. */
  readonly #begun: Set<number> = new Set();
  #joiner: ContinuationJoiner | undefined;
  #last: ChatChunk | undefined;
  #nova: ChatChunk['nova'];

  constructor(call: ChatCall, streamId: string, provider: string) {
    this.#call = call;
    this.#streamId = streamId;
    this.#isPlain = asksForPlainText(call.request);
    this.#nova = { provider, stream_id: streamId };
  }

  get text(): string {
    return this.#text;
  }

  /** Another provider can continue from here. */
  get canContinue(): boolean {
    return this.#isPlain && this.#call.onFailure === 'continue';
  }

  /**
   * Processes the chunks of a batch; gives them as the caller gets them, without those that have become empty. Throws a
   * `RestartedAnswerError`.
   */
  process(batch: ProviderChunk[]): ProviderChunk[] {
    const visible: ProviderChunk[] = [];
    for (const given of batch) {
      const chunk = this.#process(given.chunk);
      // An unchanged chunk keeps the JSON that it came with.
      if (chunk) visible.push(chunk === given.chunk ? given : { chunk });
    }
    batch.length = 0;
    this.#text += this.#added.splice(0).join('');
    if (this.#text.length > maxContinuedLength) this.#isPlain = false;
    return visible;
  }

  /** Gives what was held back, when the current provider has ended without an error. */
  end(): ProviderChunk[] {
    const rest = this.#joiner?.end();
    if (!rest || !this.#last) return [];
    this.#text += rest;
    const choices = [{ index: 0, delta: { content: rest }, finish_reason: null }];
    return [{ chunk: this.#introduce({ ...this.#last, choices }) }];
  }

  /** The current provider has broken off, and another continues. */
  switchProvider(change: ProviderSwitch): void {
    const cost = this.#usage ?? estimateUsage(this.#call.request, this.#text.slice(this.#segmentStart));
    this.#spent = this.#spent ? addUsage(this.#spent, cost) : cost;
    this.#usage = undefined;
    this.#segmentStart = this.#text.length;
    this.#joiner = createContinuationJoiner(this.#text);
    this.#nova = { provider: change.to, stream_id: this.#streamId, switched: change };
  }

  #process(chunk: ChatChunk): ChatChunk | undefined {
    const own = this.#joiner ? this.#join(chunk, this.#joiner) : this.#withRole(chunk);
    for (const choice of own.choices) this.#note(choice);
    const visible = this.#showUsage(own);
    if (!visible) return undefined;
    if (!this.#joiner) {
      this.#head ??= { id: chunk.id, created: chunk.created };
      if (!this.#nova) return visible;
    } else if (isEmpty(visible)) return undefined;
    return this.#introduce(visible);
  }

  /** Official clients reject an answer without a role, and some servers leave it out. */
  #withRole(chunk: ChatChunk): ChatChunk {
    if (chunk.choices.every(({ index }) => this.#begun.has(index))) return chunk;
    const choices = chunk.choices.map((choice) => {
      if (this.#begun.has(choice.index)) return choice;
      this.#begun.add(choice.index);
      return { ...choice, delta: { ...choice.delta, role: choice.delta.role ?? ('assistant' as const) } };
    });
    return { ...chunk, choices };
  }

  /** Removes from a chunk what was said before. */
  #join(chunk: ChatChunk, joiner: ContinuationJoiner): ChatChunk {
    const choices = chunk.choices.map((choice) => {
      const { role: _, ...delta } = choice.delta;
      const pushed = delta.content ? joiner.push(delta.content) : '';
      const content = choice.finish_reason ? pushed + joiner.end() : pushed;
      if (content) delta.content = content;
      else delete delta.content;
      return { ...choice, delta };
    });
    this.#last = { ...chunk, ...this.#head, choices };
    return this.#last;
  }

  #note({ index, delta }: ChunkChoice): void {
    if (delta.content && this.#text.length <= maxContinuedLength) this.#added.push(delta.content);
    if (index > 0 || !isPlainText(delta)) this.#isPlain = false;
  }

  #showUsage(chunk: ChatChunk): ChatChunk | undefined {
    if (chunk.usage === undefined) return chunk;
    const { request, record } = this.#call;
    let usage = chunk.usage;
    if (usage) {
      this.#usage = usage;
      if (this.#spent) usage = addUsage(this.#spent, usage);
      record.promptTokens = usage.prompt_tokens;
      record.completionTokens = usage.completion_tokens;
    }
    if (request.stream_options?.include_usage) return usage === chunk.usage ? chunk : { ...chunk, usage };
    const { usage: _, ...rest } = chunk;
    return rest.choices.length === 0 ? undefined : (rest as ChatChunk);
  }

  #introduce(chunk: ChatChunk): ChatChunk {
    const nova = this.#nova;
    this.#nova = undefined;
    return nova ? { ...chunk, nova } : chunk;
  }
}

function isEmpty({ choices, usage }: ChatChunk): boolean {
  return !usage && choices.every(({ delta, finish_reason: reason }) => !reason && Object.keys(delta).length === 0);
}
