import type { ToolStep } from '@nova-chat/client/conversation';
import { parseJson, writeJson } from '@nova-chat/client/protocol';
import type { NovaCard, NovaForm, NovaTool } from '../shared/nova-tool.js';
import { checkInput } from './check-input.js';
import { parseCard, parseForm } from './parse-shown.js';
import type { RunStep } from './run-with-tools.js';

/** Something that waits for the visitor. `decide` is told yes or no, or the values of the form. */
export interface PendingDecision<T> {
  decide(answer: T): void;
}

/** What a step shows beside its line. */
export interface ToolStepView {
  consent?: PendingDecision<boolean>;
  form?: PendingDecision<Record<string, string> | undefined> & { form: NovaForm };
  card?: NovaCard;
}

/** Runs the page's tools, and keeps what each of their steps waits for or shows. */
export class ToolRunner {
  readonly #views = new Map<string, ToolStepView>();
  readonly #getTools: () => readonly NovaTool[];
  readonly #onChange: () => void;

  constructor(getTools: () => readonly NovaTool[], onChange: () => void) {
    this.#getTools = getTools;
    this.#onChange = onChange;
  }

  get(step: ToolStep): ToolStepView {
    return this.#views.get(step.id) ?? {};
  }

  find({ name }: ToolStep): NovaTool | undefined {
    return this.#getTools().find((tool) => tool.name === name);
  }

  async *#run(step: ToolStep, signal: AbortSignal): ReturnType<RunStep> {
    const tool = this.find(step);
    if (!tool) return { ...step, status: 'failed', result: toResult({ error: `There is no tool ${step.name}.` }) };
    const written = parseJson(step.arguments.trim() || '{}');
    if (written === undefined)
      return { ...step, status: 'failed', result: toResult({ error: 'The arguments are no JSON.' }) };
    const input = await this.#check(written, tool);
    if ('error' in input) return { ...step, status: 'failed', result: toResult(input) };
    if (!tool.auto) {
      yield step;
      const isAllowed = await this.#wait<boolean>(step, signal, (consent) => ({ consent }));
      if (!isAllowed)
        return { ...step, status: 'refused', result: toResult({ error: 'The visitor has not allowed it.' }) };
    }
    yield { ...step, status: 'running' };
    try {
      const result = await tool.run(input.value, {
        signal,
        ask: (asked) => {
          const form = parseForm(asked);
          return this.#wait(step, signal, (pending) => ({ form: { ...pending, form } }));
        },
        show: (shown) => {
          const card = parseCard(shown);
          this.#set(step, { ...(card && { card }) });
        },
      });
      return { ...step, status: 'done', result: toResult(result) };
    } catch (error) {
      return { ...step, status: 'failed', result: toResult({ error: String(error) }) };
    }
  }

  /** The model is told what is wrong, so that it can do better; the page's console too. */
  async #check(value: unknown, tool: NovaTool): Promise<{ value: unknown } | { error: string; issues?: unknown }> {
    try {
      const checked = await checkInput(value, tool);
      if ('value' in checked) return checked;
      const { issues } = checked;
      const told = issues.map(({ path, message }) => `${path || 'arguments'}: ${message}`).join(' ');
      reportError(new Error(`The model has called the tool "${tool.name}" with wrong arguments. ${told}`));
      return { error: `The arguments of ${tool.name} are wrong. ${told}`, issues };
    } catch (cause) {
      reportError(new Error(`The arguments of the tool "${tool.name}" cannot be checked: ${cause}`, { cause }));
      return { error: `${tool.name} cannot be used at the moment.` };
    }
  }

  readonly run: RunStep = (step, signal) => this.#run(step, signal);

  /** Resolves with the visitor's decision; with undefined when the answer is stopped. */
  #wait<T>(
    step: ToolStep,
    signal: AbortSignal,
    toView: (pending: PendingDecision<T>) => ToolStepView,
  ): Promise<T | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    const { card } = this.get(step);
    return new Promise((resolve) => {
      const settle = (answer?: T): void => {
        signal.removeEventListener('abort', onAbort);
        this.#set(step, { ...(card && { card }) });
        resolve(answer);
      };
      const onAbort = (): void => settle();
      signal.addEventListener('abort', onAbort);
      this.#set(step, { ...(card && { card }), ...toView({ decide: settle }) });
    });
  }

  #set(step: ToolStep, view: ToolStepView): void {
    this.#views.set(step.id, view);
    this.#onChange();
  }
}

function toResult(value: unknown): string {
  if (typeof value === 'string') return value;
  return writeJson(value) ?? 'Done.';
}
