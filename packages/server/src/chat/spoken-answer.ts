import type { ChatChunk, ChunkChoice, ProviderSwitch, Usage } from '@nova-chat/client/protocol';
import { type ContinuationJoiner, createContinuationJoiner } from '@nova-chat/client/stream';
import { estimateUsage } from '../providers/estimate-usage.js';
import type { ProviderChunk } from '../providers/provider.js';
import { addUsage } from './add-usage.js';
import type { ChatCall } from './chat-call.js';
import { asksForPlainText, isPlainText, maxContinuedLength } from './to-continuation-request.js';

/**
 * What an answer has said so far, whoever said it. Every chunk passes through it: it notes the usage and hides it from a
 * caller who did not ask, and it joins what several providers say to one answer.
 */
export class SpokenAnswer {
  readonly #call: ChatCall;
  readonly #streamId: string;
  #text = '';
  /** What the batch at hand adds to it: joined, so that the text does not keep whatever its pieces were cut from. */
  #said: string[] = [];
  #isPlain: boolean;
  /** What those cost who broke off. */
  #spent: Usage | undefined;
  /** What the one who speaks has said of its cost. */
  #usage: Usage | undefined;
  /** Where the text of the one who speaks begins. */
  #turnStart = 0;
  /** All chunks of an answer have the same. */
  #head: Pick<ChatChunk, 'id' | 'created'> | undefined;
  /** The choices of which something was said. */
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

  /** Another provider can go on from here. */
  get canContinue(): boolean {
    return this.#isPlain && this.#call.onFailure === 'continue';
  }

  /**
   * Takes the chunks of a batch; gives them as the caller gets them, without those of which nothing is left. Throws a
   * `RestartedAnswerError`.
   */
  take(batch: ProviderChunk[]): ProviderChunk[] {
    const visible: ProviderChunk[] = [];
    for (const given of batch) {
      const chunk = this.#take(given.chunk);
      // What was not changed need not be written anew.
      if (chunk) visible.push(chunk === given.chunk ? given : { chunk });
    }
    batch.length = 0;
    this.#text += this.#said.splice(0).join('');
    if (this.#text.length > maxContinuedLength) this.#isPlain = false;
    return visible;
  }

  /** Gives what is left when the one who speaks has ended without an error. */
  end(): ProviderChunk[] {
    const rest = this.#joiner?.end();
    if (!rest || !this.#last) return [];
    this.#text += rest;
    const choices = [{ index: 0, delta: { content: rest }, finish_reason: null }];
    return [{ chunk: this.#introduce({ ...this.#last, choices }) }];
  }

  /** The one who speaks has broken off, and another goes on. */
  handOver(change: ProviderSwitch): void {
    const cost = this.#usage ?? estimateUsage(this.#call.request, this.#text.slice(this.#turnStart));
    this.#spent = this.#spent ? addUsage(this.#spent, cost) : cost;
    this.#usage = undefined;
    this.#turnStart = this.#text.length;
    this.#joiner = createContinuationJoiner(this.#text);
    this.#nova = { provider: change.to, stream_id: this.#streamId, switched: change };
  }

  #take(chunk: ChatChunk): ChatChunk | undefined {
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

  /** Official clients do not take an answer without it, and some servers leave it out. */
  #withRole(chunk: ChatChunk): ChatChunk {
    if (chunk.choices.every(({ index }) => this.#begun.has(index))) return chunk;
    const choices = chunk.choices.map((choice) => {
      if (this.#begun.has(choice.index)) return choice;
      this.#begun.add(choice.index);
      return { ...choice, delta: { ...choice.delta, role: choice.delta.role ?? ('assistant' as const) } };
    });
    return { ...chunk, choices };
  }

  /** Takes out of a chunk what was said before. */
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
    if (delta.content && this.#text.length <= maxContinuedLength) this.#said.push(delta.content);
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
