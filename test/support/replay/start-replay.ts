import { randomCuts } from '@nova-chat/client/testing';
import { type FaultServer, startFaultServer } from '../fault-server.js';
import type { Recording } from './recordings.js';

/** Ways to cut a body into the pieces that it travels in. */
export const chunkings: Readonly<Record<string, (body: Uint8Array) => Uint8Array[]>> = {
  whole: (body) => [body],
  'byte-by-byte': (body) => toPieces(body, 1),
  'pieces-of-7': (body) => toPieces(body, 7),
  'pieces-of-1400': (body) => toPieces(body, 1_400),
  random: (body) => randomCuts(body, 3).filter((piece) => piece.length > 0),
};

/** For the vendor's own package. */
const mended = 'mended';

/** The name of the model that answers with this recording, cut like this. */
export const toModel = ({ name }: Recording, chunking: string = mended): string => `${name}~${chunking}`;

/** Starts a server that answers with recordings; which one, the model of the request says. */
export async function startReplay(recordings: readonly Recording[]): Promise<FaultServer> {
  return startFaultServer(({ path, body }) => {
    const [, inPath] = /\/models\/([^:]+):/.exec(path) ?? [];
    const model = inPath ? decodeURIComponent(inPath) : (JSON.parse(body) as { model: string }).model;
    const [name = '', chunking = ''] = model.split('~');
    const recording = recordings.find((candidate) => candidate.name === name);
    if (!recording) throw new TypeError(`There is no recording ${model}.`);
    const { vendor, status = 200 } = recording;
    const type =
      status !== 200 ? 'application/json' : vendor === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
    const head = `HTTP/1.1 ${status} Status\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    const cut = chunkings[chunking] ?? (() => [recording.mended ?? recording.body]);
    // A reader is given each piece of the chunked encoding by itself, whatever packets they share.
    const pieces = cut(recording.body).map((piece) => [`${piece.length.toString(16)}\r\n`, piece, '\r\n']);
    const parts = [head, ...pieces.flat(), '0\r\n\r\n'].map((part) => Buffer.from(part as string));
    return [{ send: Buffer.concat(parts) }, 'end'];
  });
}

function toPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
