import { setImmediate as nextTurn } from 'node:timers/promises';

const maxTurnMs = 20;

/** Does work that is written in steps, without a break. */
export function finishAtOnce<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in turns with everything else that the process has to do: requests are answered meanwhile. */
export async function finishInTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (let since = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < maxTurnMs) continue;
    await nextTurn();
    since = performance.now();
  }
}
