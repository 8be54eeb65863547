import { toStreamPath } from './resume-chat.js';
import type { ChatRunSetup } from './run-chat.js';

/** How long a server may take to hear that an answer is to end. */
const stopMs = 5_000;

/** Ends an answer that the server would keep going without its reader. Never rejects. */
export async function endOnServer({ send, options }: ChatRunSetup, streamId: string): Promise<void> {
  await send({
    method: 'DELETE',
    path: toStreamPath(streamId),
    accept: 'application/json',
    headers: options.headers,
    signal: AbortSignal.timeout(stopMs),
    number: 1,
    headersTimeoutMs: stopMs,
  })
    // The reader has left either way; a server that did not hear it ends the answer with its own limit.
    .then(
      (response) => response.cancel(),
      () => {},
    );
}
