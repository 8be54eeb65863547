import type { ToolStep } from '@nova-chat/client/conversation';

/** Gives a step as it is when the answer continues and the step can no longer be allowed or run. */
export function toStoppedStep(step: ToolStep): ToolStep {
  if (step.status === 'asked') return { ...step, status: 'refused' };
  return step.status === 'running' ? { ...step, status: 'failed' } : step;
}
