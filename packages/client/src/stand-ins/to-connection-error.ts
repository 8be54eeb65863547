import { isNovaError, NovaError } from '../errors/nova-error.js';

/** Converts what a custom transport threw. In a page its causes have no system error codes. */
export function toConnectionError(cause: unknown): NovaError {
  return isNovaError(cause) ? cause : new NovaError({ code: 'connection_error', message: 'No connection.', cause });
}
