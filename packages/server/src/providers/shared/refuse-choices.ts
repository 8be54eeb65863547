import type { ChatRequest } from '@nova-chat/client/protocol';
import { createCallerError } from './create-caller-error.js';

/** Throws a caller error when a request asks for several choices of a provider that gives one. */
export function refuseChoices(request: ChatRequest): void {
  if ((request.n ?? 1) <= 1) return;
  throw createCallerError({
    message: "The provider gives one choice only. Leave 'n' out, or set it to 1.",
    param: 'n',
  });
}
