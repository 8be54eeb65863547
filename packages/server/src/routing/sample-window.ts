/** The last figures of one kind, in a memory that does not grow. */
export interface SampleWindow {
  add(value: number): void;
  /** A copy, in no promised order. */
  values(): Float64Array;
}

/** Creates a window over the last `size` values. */
export function createSampleWindow(size: number): SampleWindow {
  const ring = new Float64Array(size);
  let count = 0;
  return {
    add(value) {
      ring[count % size] = value;
      count += 1;
    },
    values: () => ring.slice(0, Math.min(count, size)),
  };
}

/** The nearest-rank quantile, rounded to 0.1; null without values. */
export function toQuantile(values: Float64Array, quantile: number): number | null {
  const sorted = values.toSorted();
  const value = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
