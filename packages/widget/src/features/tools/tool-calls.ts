import type { ConversationEvent, ToolStep } from '@nova-chat/client/conversation';

type ToolCallDelta = Extract<ConversationEvent, { type: 'tool-call-delta' }>;

/** Puts the fragments of tool calls together. A call without an id gets one. */
export class ToolCalls {
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>();

  add({ index, id = '', name = '', arguments: json = '', choice }: ToolCallDelta): void {
    if (choice !== 0) return;
    const call = this.#calls.get(index) ?? { id: '', name: '', arguments: '' };
    this.#calls.set(index, { id: call.id || id, name: call.name || name, arguments: call.arguments + json });
  }

  toSteps(): ToolStep[] {
    return [...this.#calls].map(([index, call]) => ({
      ...call,
      id: call.id || `call_${index}_${crypto.getRandomValues(new Uint32Array(1))[0]}`,
      status: 'asked',
    }));
  }
}
