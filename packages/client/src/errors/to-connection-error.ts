import { findCauseCode } from './find-cause-code.js';
import { isNovaError, NovaError } from './nova-error.js';

/** A certificate that is refused now is refused again. */
const tls = /CERT|^ERR_(?:TLS|SSL)|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|^EPROTO$/;
/** What came is no TLS: mostly `https` for a port that speaks `http`. Other errors of TLS are told by a peer that speaks it. */
const noTls = /^ERR_SSL_(?:WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST)|^EPROTO$/;

/** Converts what a request failed with before its headers came: `connection_error`, with the system's code. */
export function toConnectionError(error: unknown, url: string): NovaError {
  if (isNovaError(error)) return error;
  const code = findCauseCode(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'ERR_INVALID_URL') return invalidRequest(error);
  const hint = toHint(error, code);
  return new NovaError({
    code: 'connection_error',
    message: `No connection to ${toOrigin(url)}${code && `: ${code}`}.${hint}`,
    retryable: !hint,
    cause: error,
  });
}

/** Says what is wrong where asking again cannot help. */
function toHint(error: unknown, code: string): string {
  if (noTls.test(code)) return ' Does it speak https?';
  if (tls.test(code)) return ' Its certificate is not trusted.';
  // The platform gives no code to what it refuses by https://fetch.spec.whatwg.org/#port-blocking.
  const isBadPort = error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port';
  return isBadPort ? ' No fetch goes to this port.' : '';
}

function invalidRequest(cause: unknown): NovaError {
  return new NovaError({
    code: 'invalid_option',
    message: 'The request has a method, URL or header that HTTP does not allow. Check baseUrl and headers.',
    cause,
  });
}

/** Paths and queries may hold what is not for a log. */
function toOrigin(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'the server';
}
