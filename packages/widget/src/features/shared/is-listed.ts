/** Tells whether a list of origins and hosts, with blanks between them, has that of a URL. `*.` stands for subdomains. */
export function isListed(url: string, list: string): boolean {
  const { origin, host, protocol } = new URL(url);
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === 'self') return origin === location.origin;
    if (entry.includes('://')) return URL.canParse(entry) && new URL(entry).origin === origin;
    if (!protocol.startsWith('http')) return entry === protocol;
    return entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : entry === host;
  });
}
