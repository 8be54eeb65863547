/** Limits that no test runs into by itself. */
export const amplyTimed: { headersMs: number; firstEventMs: number; idleMs: number; totalMs: number } = {
  headersMs: 20_000,
  firstEventMs: 20_000,
  idleMs: 20_000,
  totalMs: 20_000,
};
