const units: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Says in a language how long ago something was, in days for a week, and as a date from then on. */
export function toWhen(time: number, language: string, now: number = Date.now()): string {
  const agoMs = Math.max(0, now - time);
  if (agoMs > 7 * 86_400_000) {
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time);
  }
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, ms] = units.find(([, unitMs]) => agoMs >= unitMs) ?? ['second', Number.POSITIVE_INFINITY];
  return format.format(-Math.floor(agoMs / ms), unit as Intl.RelativeTimeFormatUnit);
}
