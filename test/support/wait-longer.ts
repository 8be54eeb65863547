// Vitest's waits give up after one second; a machine that others use too may take longer over a start or a frame.
import { vi } from 'vitest';

const waits = { waitFor: vi.waitFor, waitUntil: vi.waitUntil };
const timeout = 15_000;

vi.waitFor = (callback, options) => waits.waitFor(callback, toPatient(options));
vi.waitUntil = (callback, options) => waits.waitUntil(callback, toPatient(options));

function toPatient<Options extends { timeout?: number }>(options: number | Options | undefined): Options {
  return { timeout, ...(typeof options === 'number' ? { timeout: options } : options) } as Options;
}
