import { expect, it } from 'vitest';
import { toErrorLabel } from './to-error-label.js';

const body = { message: 'secret', type: 'invalid_request_error', param: null, code: null };

it.each([
  [undefined, ''],
  [body, ' (invalid_request_error)'],
  [{ ...body, code: 'invalid_type' }, ' (invalid_type)'],
  [{ ...body, code: 'invalid_type', param: 'messages[0].content' }, ' (invalid_type: messages[0].content)'],
  [{ ...body, code: 'two words' }, ' (invalid_request_error)'],
  [{ ...body, code: 'invalid_type', param: 'my secret' }, ' (invalid_type)'],
  [{ ...body, code: 'invalid_type', param: 'x'.repeat(65) }, ' (invalid_type)'],
  [{ ...body, type: '<b>', param: 'messages' }, ' (messages)'],
])('names %o as "%s"', (error, words) => {
  expect(toErrorLabel(error)).toBe(words);
});
