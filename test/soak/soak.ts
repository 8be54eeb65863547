// Asks a server for 10,000 answers while 2 of 100 provider calls go wrong, in a few minutes: `npm run soak`. Fails when
// an answer ends untrue, an error is nobody's, or something is held on to.
import { runSoak } from './run-soak.js';

const streams = Number(process.argv[2] ?? 10_000);
/** What a run may hold on to: code that was compiled late, and no part of the answers. */
const maxGrowthMb = 4;

const { seconds, faults, outcomes, words, isTrue, unhandled, before, after } = await runSoak({ streams });
const asked = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
console.table(outcomes);
console.log(`answers            ${asked} in ${seconds.toFixed(0)} s, ${(asked / seconds).toFixed(0)} a second
${words.replace('faults tried', 'whole answers     ')}
provider faults    ${faults}
unhandled          ${unhandled}
calls in flight    ${before.inFlight} → ${after.inFlight}
provider sockets   ${before.sockets} → ${after.sockets}
heap, MB           ${before.heapMb.toFixed(1)} → ${after.heapMb.toFixed(1)}`);
const isHeld = after.inFlight + after.sockets > 0 || after.heapMb - before.heapMb > maxGrowthMb;
process.exitCode = asked === streams && isTrue && unhandled === 0 && !isHeld ? 0 : 1;
