import type { FinishReason } from '@nova-chat/client/protocol';

const reasons: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  // The turn was cut to be continued; of OpenAI's words only this one says that more was to come.
  pause_turn: 'length',
  refusal: 'content_filter',
};

/** Converts a stop reason. Words that are not known are kept. */
export function toFinishReason(stopReason: string): FinishReason {
  return Object.hasOwn(reasons, stopReason) ? (reasons[stopReason] ?? stopReason) : stopReason;
}
