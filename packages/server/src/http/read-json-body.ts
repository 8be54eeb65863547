import type { Context } from 'hono';
import { ApiError } from '../errors/api-error.js';
import { toAbortApiError } from '../errors/to-abort-api-error.js';
import type { AppEnv } from './app-env.js';

/**
 * Reads a JSON body of at most `maxBytes`, counted as they come. Throws an `ApiError`: 413, 415 or 400 `invalid_json`.
 */
export async function readJsonBody(context: Context<AppEnv>, maxBytes: number): Promise<unknown> {
  requireJson(context);
  const text = await readText(context, maxBytes).catch((error: unknown) => {
    throw error instanceof ApiError ? error : toAbortApiError(context.req.raw.signal);
  });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a prompt.
    throw invalidJson('could not be parsed as JSON');
  }
}

function invalidJson(fault: string): ApiError {
  const message = `The body ${fault}. Send one JSON object in UTF-8.`;
  return new ApiError({ status: 400, code: 'invalid_json', message });
}

function requireJson(context: Context<AppEnv>): void {
  const type = context.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json') {
    throw new ApiError({
      status: 415,
      code: 'unsupported_media_type',
      message: `The content type must be application/json${type === '' ? ', and it is missing' : ''}.`,
    });
  }
  const encoding = context.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new ApiError({
      status: 415,
      code: 'unsupported_content_encoding',
      message: 'The body must not be compressed. Send it without content-encoding.',
    });
  }
}

async function readText(context: Context<AppEnv>, maxBytes: number): Promise<string> {
  if (context.env?.incoming?.readableDidRead) throw alreadyRead();
  const declared = context.req.header('content-length');
  if (declared !== undefined && context.req.header('transfer-encoding') === undefined) {
    // The HTTP parser reads no more than was declared, so the declaration is enough; the adapter's own reader is fast.
    if (!(Number(declared) <= maxBytes)) throw tooLarge(maxBytes);
    return checkUtf8(await context.req.text(), Number(declared));
  }
  // `destroyOnReturn: false`: leaving the loop must not close the socket that the answer has to go out on.
  const source = context.env?.incoming?.iterator({ destroyOnReturn: false }) ?? context.req.raw.body ?? [];
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of source) {
    bytes += part.byteLength;
    if (bytes > maxBytes) break;
    parts.push(part);
  }
  if (bytes > maxBytes) {
    // The rest is thrown away as it comes: Node does so by itself only with a body of which nothing was read.
    context.env?.incoming?.resume();
    throw tooLarge(maxBytes);
  }
  return checkUtf8(new TextDecoder().decode(Buffer.concat(parts)), bytes);
}

/**
 * Other encodings, as PowerShell 5 and old forms send them, would reach the model with holes in their words. What stands in
 * for a fault is longer than the fault, but it may also be what was sent.
 */
function checkUtf8(text: string, bytes: number): string {
  const isWhole = !text.includes('\ufffd') || [bytes, bytes - 3].includes(Buffer.byteLength(text));
  if (isWhole) return text;
  throw invalidJson('is not in UTF-8');
}

/** Of an app within another one: the caller has done nothing wrong, and has not gone either. */
function alreadyRead(): ApiError {
  return new ApiError({
    status: 500,
    code: 'server_error',
    message:
      'The body was read before it came here. Put this app in front of what reads bodies, such as express.json().',
    shouldRetry: false,
  });
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError({
    status: 413,
    code: 'request_too_large',
    message: `The body is larger than ${maxBytes} bytes, the limit of this server (MAX_BODY_BYTES).`,
  });
}
