import { expect, it } from 'vitest';
import { toConnectionError } from './to-connection-error.js';

it.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ['CERT_HAS_EXPIRED', false],
  ['CERT_NOT_YET_VALID', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
  ['EPROTO', false],
  ['ECONNREFUSED', true],
  ['ECONNRESET', true],
  ['ENOTFOUND', true],
  ['EAI_AGAIN', true],
  ['UND_ERR_SOCKET', true],
])('tells of %s whether asking again may help: %s', (code, retryable) => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('secret'), { code }) });
  const error = toConnectionError(cause, 'https://user:secret@nova.test/secret?secret');
  expect(error).toMatchObject({ code: 'connection_error', retryable, cause });
  expect(error.message).toContain(code);
  expect(error.message).not.toContain('secret');
});

it.each([
  ['CERT_HAS_EXPIRED', 'Its certificate is not trusted.'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'Does it speak https?'],
  ['ENOTFOUND', 'ENOTFOUND.'],
])('says of %s: %s', (code, told) => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  expect(toConnectionError(cause, 'https://nova.test').message.endsWith(told)).toBe(true);
});

it.each(['UND_ERR_INVALID_ARG', 'ERR_INVALID_URL'])(
  'does not ask again after %s: the request itself is wrong',
  (code) => {
    const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('secret'), { code }) });
    const error = toConnectionError(cause, '/v1/chat/completions?secret');
    expect(error).toMatchObject({ code: 'invalid_option', retryable: false, cause });
    expect(error.message).not.toContain('secret');
  },
);

it('names a port that no fetch will ever go to, such as that of a server at 6000, and does not ask again', async () => {
  const url = 'http://127.0.0.1:6000/secret';
  const cause: unknown = await fetch(url).catch((error: unknown) => error);
  expect(toConnectionError(cause, url)).toMatchObject({
    code: 'connection_error',
    message: 'No connection to http://127.0.0.1:6000. No fetch goes to this port.',
    retryable: false,
  });
});
