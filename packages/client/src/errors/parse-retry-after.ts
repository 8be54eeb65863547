import { maxTimerMs } from './max-timer-ms.js';

/**
 * Reads how long the server asks to wait, in ms: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date,
 * which is taken against the response's own `Date`, as the two clocks may differ. Undefined when nothing useful is
 * asked for: zero, negative, past or garbage. At most what a timer can hold, about 24.8 days.
 */
export function parseRetryAfter(headers: { get(name: string): string | null }): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const askedMs = toPositive(headers.get('retry-after-ms')) ?? toPositive(text, 1000) ?? toWaitUntil(text, headers);
  return askedMs && Math.min(askedMs, maxTimerMs);
}

function toPositive(text: string | null, unitMs: number = 1): number | undefined {
  const ms = text && /^\s*\d+(?:\.\d*)?\s*$/.test(text) ? Number(text) * unitMs : 0;
  return ms > 0 ? Math.ceil(ms) : undefined;
}

function toWaitUntil(text: string, headers: { get(name: string): string | null }): number | undefined {
  // `Date.parse` alone takes nearly anything for a date, "12 monkeys" too.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const serverNow = Date.parse(headers.get('date') ?? '');
  const ms = Date.parse(text) - (Number.isNaN(serverNow) ? Date.now() : serverNow);
  return ms > 0 ? ms : undefined;
}
