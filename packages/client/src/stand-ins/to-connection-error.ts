import { isNovaError, NovaError } from '../errors/nova-error.js';

/** Converts what a transport of one's own threw. Its causes have no codes of a system, as there is none in a page. */
export function toConnectionError(cause: unknown): NovaError {
  return isNovaError(cause) ? cause : new NovaError({ code: 'connection_error', message: 'No connection.', cause });
}
