import { randomFillSync } from 'node:crypto';

const idBytes = 16;
/** Drawn for many names at once: a draw costs the same for one as for all of them. */
const random: Buffer = Buffer.alloc(idBytes * 128);
let used: number = random.length;

/** Creates the name of a stream. It is unguessable: 128 random bits, because knowing it may be enough to read it. */
export function createStreamId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += idBytes;
  return `st_${random.toString('base64url', used - idBytes, used)}`;
}

/** Writes the `id` of an SSE event. */
export function toEventId(streamId: string, seq: number): string {
  return `${streamId}:${seq}`;
}

/** Reads the place that a `Last-Event-ID` names in a stream; undefined when it belongs to another stream. */
export function parseLastEventId(text: string, streamId: string): number | undefined {
  const [, digits] = text.startsWith(`${streamId}:`)
    ? (/^(\d{1,15})$/.exec(text.slice(streamId.length + 1)) ?? [])
    : [];
  return digits === undefined ? undefined : Number(digits);
}
