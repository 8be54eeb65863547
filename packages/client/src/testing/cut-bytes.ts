/** Gives text as UTF-8. */
export function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Gives all the ways to cut bytes in two, the empty ends included. */
export function cutsInTwo(bytes: Uint8Array): [Uint8Array, Uint8Array][] {
  return Array.from({ length: bytes.length + 1 }, (_, at) => [bytes.slice(0, at), bytes.slice(at)]);
}

/** Cuts bytes into pieces of 0 to 12 bytes; the same seed gives the same cuts. */
export function randomCuts(bytes: Uint8Array, seed: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  // xorshift: any generator will do that can be repeated.
  let state = seed * 2654435761 || 1;
  for (let at = 0; at < bytes.length; ) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const size = (state >>> 0) % 13;
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}

/** Plays pieces as a body; each comes in a turn of its own. */
export async function* toBody(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield piece;
}
