import type { ChatInput, Conversation, ToolStep } from '@nova-chat/client/conversation';
import { type ContinuedInput, isHeld } from '../shared/continued-input.js';

const interrupted = '{"error":"It was interrupted while it ran, and may have taken effect."}';

/** Gives the steps of an answer that broke off, and whose place a new one takes: a tool that has run need not run again. */
export function toKnownSteps(conversation: Conversation, input: ChatInput): readonly ToolStep[] {
  const replaced = conversation.getState().live?.replaced;
  // Of an answer that has ended well, the visitor wants another one.
  if (!replaced || (replaced.status === 'complete' && !isContinued(input))) return [];
  return replaced.toolSteps.flatMap((step): ToolStep[] => {
    if (step.result !== undefined) return [step];
    const hasRun = step.status === 'running' || step.status === 'failed';
    return hasRun ? [{ ...step, status: 'failed', result: interrupted }] : [];
  });
}

/** Tells whether a request continues an answer. */
export const isContinued = (input: ContinuedInput): boolean => input[isHeld] !== undefined;
