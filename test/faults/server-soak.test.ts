import { expect, it } from 'vitest';
import { runSoak } from '../soak/run-soak.js';

it('300 answers with faults end in a true and typed outcome each, and nothing of them is held on to', async () => {
  const { outcomes, faults, isTrue, unhandled, before, after } = await runSoak({ streams: 300, faultRate: 0.2 });
  const asked = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  expect([asked, isTrue, unhandled]).toEqual([300, true, 0]);
  expect(faults).toBeGreaterThan(20);
  const known = /^(?:complete|aborted|truncated|failed: [a-z_]+)$/;
  expect(Object.keys(outcomes).filter((outcome) => !known.test(outcome))).toEqual([]);
  expect([before, after]).toMatchObject([
    { sockets: 0, inFlight: 0 },
    { sockets: 0, inFlight: 0 },
  ]);
  expect(after.heapMb - before.heapMb, 'MB').toBeLessThan(30);
}, 60_000);
