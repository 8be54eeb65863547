/** Says in a language how far ahead a moment is, in seconds, or in minutes from 100 seconds on. */
export function toRelativeTime(delayMs: number, locale: string | undefined): string {
  const seconds = Math.max(1, Math.ceil(delayMs / 1000));
  const format = new Intl.RelativeTimeFormat(toLocale(locale) ?? 'en', { numeric: 'always' });
  return seconds < 100 ? format.format(seconds, 'second') : format.format(Math.ceil(seconds / 60), 'minute');
}

/** An owner's typing error must not break the chat: `Intl` throws at a tag that is not one. */
function toLocale(locale: string | undefined): string | undefined {
  try {
    return locale ? Intl.getCanonicalLocales(locale)[0] : undefined;
  } catch {
    return undefined;
  }
}
