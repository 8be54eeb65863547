/** Where one stream lives in Redis. The braces keep its keys on one node of a cluster. */
export interface LogKeys {
  /** Hash: `owner`, `last` (seq), `beat` (grows while the writer lives), `ended`, `loss`. */
  meta: string;
  /** Redis Stream of the frames; a frame's id is its seq + 1, because Redis has no id 0. */
  frames: string;
  /** There while someone reads at another instance. */
  seen: string;
  /** The `beat` at which a reader gave the writer up. */
  lost: string;
}

export function toLogKeys(streamId: string): LogKeys {
  const prefix = `nova:resume:{${streamId}}`;
  return { meta: `${prefix}:meta`, frames: `${prefix}:frames`, seen: `${prefix}:seen`, lost: `${prefix}:lost` };
}
