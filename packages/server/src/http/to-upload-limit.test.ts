import { expect, it } from 'vitest';
import { envVariables } from '../config/env-variables.js';
import { toUploadLimitMs } from './to-upload-limit.js';

it.each([
  ['half a minute at least', 1024, 30_000],
  ['more for more', 64_000_000, 1_000_000],
])('gives a body %s', (_name, maxBytes, ms) => {
  expect(toUploadLimitMs(maxBytes)).toBe(ms);
});

it('lets a phone with half a megabit a second send the largest body that there may be', () => {
  const { default: maxBytes } = envVariables.MAX_BODY_BYTES;
  expect(toUploadLimitMs(maxBytes)).toBeGreaterThanOrEqual((maxBytes * 8 * 1000) / 524_288);
});
