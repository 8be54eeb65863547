/** How long a first word may take before the visitor is told that it does, in ms. */
export const patienceMs = 10_000;
