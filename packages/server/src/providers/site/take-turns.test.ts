import { expect, it } from 'vitest';
import { finishInTurns } from './take-turns.js';

it('lets in what waits, and goes on', async () => {
  let isLetIn = false;
  setTimeout(() => {
    isLetIn = true;
  });
  const work = function* (): Generator<void, string> {
    for (let steps = 0; steps < 50_000_000 && !isLetIn; steps += 1) yield;
    return isLetIn ? 'let in' : 'held up';
  };
  expect(await finishInTurns(work())).toBe('let in');
});
