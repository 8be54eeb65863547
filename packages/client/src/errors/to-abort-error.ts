import { isNovaError, NovaError } from './nova-error.js';

/** Gives the error of an aborted signal: its reason when that is ours, else `aborted` with the reason as its cause. */
export function toAbortError(signal: AbortSignal): NovaError {
  const reason: unknown = signal.reason;
  if (isNovaError(reason)) return reason;
  return new NovaError({ code: 'aborted', message: 'The caller aborted the request.', cause: reason });
}
