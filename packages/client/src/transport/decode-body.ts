import { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { toBodyError } from '../errors/to-body-error.js';

const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * Decompresses a body as `content-encoding` says, piece by piece as it comes. We ask for none, but some proxies
 * compress all the same. Unknown encodings stay as they are.
 */
export function decodeBody(body: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<Uint8Array> {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return through(body, createGunzip(flush));
    case 'deflate':
      return through(body, createInflate(flush));
    case 'br':
      return through(body, createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH }));
    default:
      return body;
  }
}

async function* through(body: AsyncIterable<Uint8Array>, decoder: NodeJS.ReadWriteStream): AsyncGenerator<Uint8Array> {
  try {
    yield* Readable.from(body).compose(decoder) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw toBodyError(error);
  }
}
