import type { ToolStep } from '@nova-chat/client/conversation';

/** Gives a step of an answer that goes on without those who were to allow or to run it. */
export function toStoppedStep(step: ToolStep): ToolStep {
  if (step.status === 'asked') return { ...step, status: 'refused' };
  return step.status === 'running' ? { ...step, status: 'failed' } : step;
}
