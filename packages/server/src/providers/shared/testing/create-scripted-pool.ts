import type { Pool } from '@nova-chat/client/node';

/** Creates a transport whose every answer has this body, read piece by piece, and then breaks if there is a `cut`. */
export function createScriptedPool(
  pieces: readonly Uint8Array[],
  contentType: string,
  cut?: Error,
): Pick<Pool, 'send'> {
  return {
    send: async () => ({
      status: 200,
      headers: { get: (name) => (name === 'content-type' ? contentType : null) },
      body: (async function* () {
        yield* pieces;
        if (cut) throw cut;
      })(),
      cancel() {
        // Nothing is held open.
      },
    }),
  };
}
