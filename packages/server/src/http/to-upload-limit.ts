/** A phone with a poor connection sends as much. */
const bytesPerMs = 64;
const leastMs = 30_000;

/** Gives how long a request of so many bytes may take to arrive. Node ends it between then and half a minute later. */
export function toUploadLimitMs(maxBodyBytes: number): number {
  return Math.max(leastMs, Math.ceil(maxBodyBytes / bytesPerMs));
}
