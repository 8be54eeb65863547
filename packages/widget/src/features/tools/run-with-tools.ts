import {
  type ChatInput,
  type ChatRun,
  type ChatTransport,
  type ConversationEvent,
  type ToolStep,
  toToolMessages,
} from '@nova-chat/client/conversation';
import type { NovaSchema, NovaTool } from '../shared/nova-tool.js';
import { isContinued } from './to-known-steps.js';
import { ToolCalls } from './tool-calls.js';

/** How often a model may ask for tools before one answer. */
const maxRounds = 8;

/** Runs one tool: yields it as it stands, and returns it when it is done. */
export type RunStep = (step: ToolStep, signal: AbortSignal) => AsyncGenerator<ToolStep, ToolStep>;

export interface RunWithToolsOptions {
  next: ChatTransport;
  input: ChatInput;
  /** Tools that have been run for an answer that broke off: the model is told of them, and the reader sees them. */
  known?: readonly ToolStep[];
  tools: readonly NovaTool[];
  runStep: RunStep;
}

/** Asks, runs the tools that the model wants, and asks again with what they gave, until there is an answer. */
export function runWithTools({ next, input, known = [], tools, runStep }: RunWithToolsOptions): ChatRun {
  const abort = new AbortController();
  let current: ChatRun | undefined;

  async function* answer(): AsyncGenerator<ConversationEvent> {
    // A request that continues an answer has what was said, and the instruction to continue, behind the question.
    const behind = isContinued(input) ? input.messages.slice(-2) : [];
    const question = input.messages.slice(0, input.messages.length - behind.length);
    let messages = [...question, ...toToolMessages(known), ...behind];
    let unseen = known;
    for (let round = 0; round < maxRounds; round += 1) {
      const calls = new ToolCalls();
      let end: Extract<ConversationEvent, { type: 'end' }> = { type: 'end', outcome: 'truncated' };
      current = next.send({ ...input, messages, tools: tools.map(toDefinition) });
      /** Steps of an earlier answer that is continued. */
      const heard = new Map<string, ToolStep>();
      for await (const event of current) {
        // A request that was refused has begun nothing.
        if (event.type !== 'end') {
          for (const step of unseen) yield { type: 'tool-step', step };
          unseen = [];
        }
        if (event.type === 'tool-step') heard.set(event.step.id, event.step);
        if (event.type === 'tool-call-delta') calls.add(event);
        if (event.type === 'end') end = event;
        else yield event;
      }
      const asked = calls.toSteps();
      if (abort.signal.aborted) return yield { type: 'end', outcome: 'aborted' };
      if (end.outcome !== 'complete' || asked.length === 0) return yield end;
      const done: ToolStep[] = [];
      for (const step of asked) {
        const running = runStep(step, abort.signal);
        for (;;) {
          const { value, done: isDone } = await running.next();
          yield { type: 'tool-step', step: value };
          if (abort.signal.aborted) return yield { type: 'end', outcome: 'aborted' };
          if (!isDone) continue;
          done.push(value);
          break;
        }
      }
      const isNews = ({ id }: ToolStep): boolean => known.every((step) => step.id !== id);
      messages = [...messages, ...toToolMessages([...heard.values()].filter(isNews)), ...toToolMessages(done)];
    }
    const message = `The model asked for tools ${maxRounds} times without an answer.`;
    yield { type: 'end', outcome: 'failed', error: { code: 'stream_error', message, retryable: true } };
  }

  return {
    [Symbol.asyncIterator]: answer,
    stop() {
      abort.abort();
      return current?.stop();
    },
  };
}

function toDefinition({ name, description, schema, parameters = toParameters(schema) }: NovaTool) {
  return { type: 'function' as const, function: { name, ...(description && { description }), parameters } };
}

function toParameters(schema: NovaSchema | undefined): Record<string, unknown> {
  try {
    // What a library says of itself, such as `$schema`, is not for the model.
    const { $schema, '~standard': _, ...said } = schema?.['~standard'].jsonSchema?.input({ target: 'draft-07' }) ?? {};
    return { type: 'object', properties: {}, ...said };
  } catch {
    // Not every schema can be said in JSON Schema: what the model writes is held against it all the same.
    return { type: 'object' };
  }
}
