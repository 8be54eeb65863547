import type { ConversationEvent, ToolStep } from '@nova-chat/client/conversation';
import { addToolCallDelta, type StreamedToolCall } from '@nova-chat/client/stream';

type ToolCallEvent = Extract<ConversationEvent, { type: 'tool-call-delta' }>;

/** Puts the fragments of tool calls together. A call without an id gets one. */
export class ToolCalls {
  readonly #calls: StreamedToolCall[] = [];

  add({ index, id = '', name = '', arguments: json = '', choice }: ToolCallEvent): void {
    if (choice === 0) addToolCallDelta(this.#calls, { index, id, function: { name, arguments: json } });
  }

  toSteps(): ToolStep[] {
    return this.#calls.map(({ index, id, function: call }) => ({
      ...call,
      id: id || `call_${index}_${crypto.getRandomValues(new Uint32Array(1))[0]}`,
      status: 'asked',
    }));
  }
}
