import type { ChatRunSetup } from './chat-run-setup.js';
import { toStreamPath } from './create-resume.js';
import type { Answer } from './start-answer.js';

/** How long a server may take to hear that an answer is to end. */
const stopMs = 5_000;

/** Ends an answer, on the server too when that would keep it going without its reader. Never rejects. */
export async function stopAnswer(
  setup: ChatRunSetup,
  { run, leave }: Pick<Answer, 'run' | 'leave'>,
  hasEnded: boolean,
): Promise<void> {
  const isOver = hasEnded || setup.scope.signal.aborted;
  const isKept = !setup.body || setup.options.resume;
  leave();
  if (isOver || !isKept || !run.streamId) return;
  await setup
    .send({
      method: 'DELETE',
      path: toStreamPath(run.streamId),
      accept: 'application/json',
      headers: setup.options.headers,
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
