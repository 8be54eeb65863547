import type { ChatChunk, ChatCompletion, ChatRequest } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import type { Provider, ProviderCall, ProviderChunk } from '../providers/provider.js';

/** One step of a scripted stream: a chunk to give, an error to throw, or a wait that only the signal ends. */
export type ScriptStep = ChatChunk | Error | 'hang' | { waitMs: number };

/** A provider that follows a script, and says what it was asked. */
export interface ScriptedProvider extends Provider {
  calls: { request: ChatRequest; call: ProviderCall }[];
}

export interface ScriptedProviderOptions {
  name?: string;
  models?: readonly string[];
  /** Default true. */
  continues?: boolean;
  /** So many chunks come together, where nothing is between them. Default 1. */
  batchSize?: number;
  /** The steps of the n-th call, from 0. */
  steps(callIndex: number): readonly ScriptStep[];
}

/** Creates a chunk with this delta. */
export function chunk(delta: ChatChunk['choices'][number]['delta'], finish: string | null = null): ChatChunk {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'scripted',
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
}

/** The chunks of an answer that says these words. */
export function answer(...words: string[]): ChatChunk[] {
  return [chunk({ role: 'assistant', content: '' }), ...words.map((content) => chunk({ content })), chunk({}, 'stop')];
}

/** The chunk with which a provider says what the answer cost. */
export const usageChunk: ChatChunk = {
  ...chunk({}),
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};

export function createScriptedProvider(options: ScriptedProviderOptions): ScriptedProvider {
  const { name = 'scripted', models = ['one'], continues = true, batchSize = 1 } = options;
  const calls: ScriptedProvider['calls'] = [];
  async function* run(request: ChatRequest, call: ProviderCall): AsyncGenerator<ProviderChunk[]> {
    const steps = options.steps(calls.length);
    calls.push({ request, call });
    const batch: ProviderChunk[] = [];
    for (const step of steps) {
      const isChunk = typeof step === 'object' && 'choices' in step;
      if (isChunk) batch.push({ chunk: step as ChatChunk });
      if (batch.length > 0 && (!isChunk || batch.length >= batchSize)) yield batch.splice(0);
      if (step instanceof Error) throw step;
      if (step === 'hang') await wait(undefined, call.signal);
      else if ('waitMs' in step) await wait(step.waitMs as number, call.signal);
    }
    if (batch.length > 0) yield batch;
  }
  return {
    name,
    models,
    continues,
    calls,
    stream: run,
    async complete(request, call): Promise<ChatCompletion> {
      let content = '';
      for await (const batch of run(request, call)) {
        for (const next of batch) content += next.chunk.choices[0]?.delta.content ?? '';
      }
      const message = { role: 'assistant' as const, content, refusal: null };
      const { usage } = usageChunk;
      return {
        ...chunk({}),
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        ...(usage ? { usage } : {}),
      };
    },
  };
}

function wait(delayMs: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (delayMs !== undefined) setTimeout(resolve, delayMs);
    const onAbort = (): void => reject(new NovaError({ code: 'aborted', message: 'The call was ended.' }));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
  });
}
