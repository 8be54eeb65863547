import { isNovaError, NovaError } from './nova-error.js';

/** Converts what a function among the options threw: `invalid_option` with its message, as asking again is no cure. */
export function toCallbackError(name: string, error: unknown): NovaError {
  if (isNovaError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new NovaError({ code: 'invalid_option', message: `Option ${name} threw: ${text}`, cause: error });
}
