import { NovaError } from '@nova-chat/client/stream';

export interface CallerErrorOptions {
  /** What cannot be carried and what to do instead; never a value of the request. */
  message: string;
  /** The member of the request at fault, as `messages[0].content[1]`. */
  param: string;
  /** Default `unsupported_value`. */
  code?: string;
}

/**
 * Creates the error of a request that a provider has no way to carry. It is thrown before anything is sent, and looks
 * like a 400 of the provider's own.
 */
export function createCallerError({ message, param, code = 'unsupported_value' }: CallerErrorOptions): NovaError {
  return new NovaError({
    code: 'bad_request',
    message,
    status: 400,
    body: { message, type: 'invalid_request_error', param, code },
  });
}
