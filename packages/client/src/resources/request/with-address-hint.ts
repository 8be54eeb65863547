import type { NovaError } from '../../errors/nova-error.js';
import type { SendAttempt } from './send-request.js';

/** Lets a 404 say what is most likely wrong: clients of OpenAI have `/v1` in their base URL, and here it is in the paths. */
export function withAddressHint(send: SendAttempt, baseUrl: string): SendAttempt {
  return (attempt) =>
    send(attempt).catch((error: NovaError) => {
      if (error.status === 404 && /v1\/+v1/.test(baseUrl + attempt.path))
        error.message += ' Check that the base URL points to the API, without /v1.';
      throw error;
    });
}
