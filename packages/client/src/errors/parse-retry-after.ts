import { maxTimerMs } from './max-timer-ms.js';

/**
 * Reads how long the server asks to wait, in ms: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date,
 * which is taken against the response's own `Date`, as the two clocks may differ. Undefined when nothing useful is
 * asked for: zero, negative, past or garbage. At most what a timer can hold, about 24.8 days.
 */
export function parseRetryAfter(headers: { get(name: string): string | null }): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const askedMs = toNumber(headers.get('retry-after-ms')) || toNumber(text) * 1000 || toWaitMs(text, headers);
  return askedMs > 0 ? Math.min(Math.ceil(askedMs), maxTimerMs) : undefined;
}

function toNumber(text: string | null): number {
  return /^\s*\d+(?:\.\d*)?\s*$/.test(text ?? '') ? Number(text) : 0;
}

function toWaitMs(text: string, headers: { get(name: string): string | null }): number {
  // `Date.parse` alone takes nearly anything for a date, "12 monkeys" too.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return 0;
  return Date.parse(text) - (Date.parse(headers.get('date') ?? '') || Date.now());
}
