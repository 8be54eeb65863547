import { randomBytes } from 'node:crypto';

/** Creates the name of a stream. It is unguessable: 128 random bits, because who knows it may be let in. */
export function createStreamId(): string {
  return `st_${randomBytes(16).toString('base64url')}`;
}

/** Writes the `id` of an SSE event. */
export function toEventId(streamId: string, seq: number): string {
  return `${streamId}:${seq}`;
}

/** Reads the place that a `Last-Event-ID` names in a stream; undefined when it is none of this stream. */
export function parseLastEventId(text: string, streamId: string): number | undefined {
  const [, digits] = text.startsWith(`${streamId}:`)
    ? (/^(\d{1,15})$/.exec(text.slice(streamId.length + 1)) ?? [])
    : [];
  return digits === undefined ? undefined : Number(digits);
}
