import type { StreamSource } from '@nova-chat/client/stream';

/** Makes a body out of pieces that are read one by one. */
export function toSource(pieces: readonly Uint8Array[], contentType: string): StreamSource {
  return {
    status: 200,
    headers: { get: (name) => (name === 'content-type' ? contentType : null) },
    body: (async function* () {
      yield* pieces;
    })(),
  };
}

/** Limits that no test runs into by itself. */
export const amplyTimed: { headersMs: number; firstEventMs: number; idleMs: number; totalMs: number } = {
  headersMs: 20_000,
  firstEventMs: 20_000,
  idleMs: 20_000,
  totalMs: 20_000,
};
