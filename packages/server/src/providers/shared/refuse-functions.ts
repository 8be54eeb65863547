import type { ChatRequest } from '@nova-chat/client/protocol';
import { createCallerError } from './create-caller-error.js';
import { isRecord, toRecords } from './json-value.js';

/**
 * Throws a caller error about functions as they were before `tools`: their definitions, a call of one, and what it gave.
 * Such a call has no id, by which every other API knows its result.
 */
export function refuseFunctions(request: ChatRequest): void {
  if (toRecords(request['functions']).length > 0) {
    throw createCallerError({
      message: "The provider takes no 'functions'. Send them as 'tools'.",
      param: 'functions',
    });
  }
  toRecords(request.messages).forEach((message, index) => {
    const isCall = isRecord(message['function_call']);
    if (!isCall && message['role'] !== 'function') return;
    const param = `messages[${index}].${isCall ? 'function_call' : 'role'}`;
    throw createCallerError({
      message: `The provider takes no calls of 'functions', as at '${param}'. Send them as 'tools'.`,
      param,
    });
  });
}
