/** Where a link of an answer leads, after the policy has let it pass. */
export interface SafeLink {
  href: string;
  /** The true host (punycode, no user name), the address of a mail or the number of a phone; empty on the same page. */
  host: string;
  samePage?: true;
  /** Of the element on the same page; blank for its top. */
  id?: string;
}

const hidden = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Lets http, https, mailto, tel and `#fragment` pass and nothing else. The URL parser decides what a scheme is, as it
 * does for the browser: tabs, line breaks and entities cannot hide one from it.
 */
export function toSafeLink(href: string): SafeLink | undefined {
  const trimmed = href.trim();
  if (trimmed.startsWith('#')) {
    return {
      href: new URL(trimmed, 'https://page.invalid').hash || '#',
      host: '',
      samePage: true,
      id: decode(trimmed.slice(1)),
    };
  }
  const url = parseUrl(trimmed);
  if (!url || !/^(https?|mailto|tel):/.test(url.protocol)) return;
  url.username = url.password = '';
  // Mails and phones have none.
  return { href: url.href, host: url.host || url.pathname };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of its own.
    return text;
  }
}

function parseUrl(href: string): URL | undefined {
  try {
    return new URL(href);
  } catch {
    // Not a URL: the policy's answer is no link.
    return undefined;
  }
}

/** Tells whether a link's text reads like an address that is not the one the link leads to. */
export function isMisleading(text: string, { host, samePage }: SafeLink): boolean {
  const shown = text.replace(hidden, '').trim();
  if (shown !== text.trim()) return true;
  // Most texts are no address, and to read `\p{…}` takes the browser longer than all else here.
  if (samePage || !shown.includes('.')) return false;
  const looksLikeHost = /(?<![\p{L}\p{N}.-])(?:[^\s/@]{0,99}@)?((?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]+)/iu;
  const claimed = looksLikeHost.exec(shown)?.[1];
  if (!claimed) return false;
  const claimedHost = parseUrl(`https://${claimed}`)?.hostname ?? claimed;
  return (
    // A user name that reads like a host, or letters of two alphabets that look the same.
    /\/\/[^\s/]*@|xn--/.test(shown + host) ||
    withoutPrefix(claimedHost) !== withoutPrefix(host.replace(/:\d+$/, '').replace(/^.*@/, ''))
  );
}

const withoutPrefix = (host: string): string => host.toLowerCase().replace(/^www\./, '');

/** Removes characters that are not seen but turn the direction of others. */
export const removeHidden = (text: string): string => text.replace(hidden, '');
