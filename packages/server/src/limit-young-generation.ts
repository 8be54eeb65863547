import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Answers are short-lived: beyond this, more room for what dies young saves no time; in bytes. */
const enoughBytes = 32 * 1024 * 1024;
const usualFactor = 2;

/**
 * Keeps V8 from giving a process that was once busy 128 MB for what dies young, which it would never take back. What
 * `--max-semi-space-size=16` does, for a process that is started without it: a script that is run by its first line cannot
 * name a flag everywhere, because the `env` of Alpine takes no `-S`. An idle process gives room back, and has to get it
 * again when it is busy.
 *
 * Node warns of flags that change after the start. V8 reads this one each time that it makes room, on this thread,
 * and one that no longer takes 1 for an answer makes room as ever.
 */
export function limitYoungGeneration(): void {
  let factor = usualFactor;
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    const next = young && young.space_size >= enoughBytes ? 1 : usualFactor;
    if (next === factor) return;
    factor = next;
    setFlagsFromString(`--semi-space-growth-factor=${factor}`);
  });
  observer.observe({ entryTypes: ['gc'] });
}
