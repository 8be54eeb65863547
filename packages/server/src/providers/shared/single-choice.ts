import type { ChatRequest } from '@nova-chat/client/protocol';
import type { Refusal } from '../provider.js';
import { createCallerError } from './create-caller-error.js';

/** Says so when a request asks for several choices of a provider that gives one. */
export function findChoicesRefusal(request: ChatRequest): Refusal | undefined {
  if ((request.n ?? 1) <= 1) return undefined;
  return { message: "The provider gives one choice only. Leave 'n' out, or set it to 1.", param: 'n' };
}

/** Throws a caller error when a request asks for several choices of a provider that gives one. */
export function assertSingleChoice(request: ChatRequest): void {
  const refusal = findChoicesRefusal(request);
  if (refusal) throw createCallerError(refusal);
}
