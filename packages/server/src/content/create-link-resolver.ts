import { posix } from 'node:path';
import type { SiteContent, SiteDocument } from './site-content.js';
import type { ResolveLink } from './to-passage-markdown.js';

/** Makes, for each page, what turns its links into addresses that hold anywhere on the site. */
export function createLinkResolver(content: SiteContent): (document: SiteDocument) => ResolveLink {
  const urls = new Map<string, string>();
  for (const { path, url } of content.documents) {
    const { dir, name } = posix.parse(path);
    const page = posix.join(dir, name);
    for (const key of [path, page, `${page}.html`, name === 'index' ? dir || '.' : page]) urls.set(key, url);
  }
  return (document) => (href) => {
    if (/^(https?:|mailto:|tel:)/i.test(href) || href.startsWith('/')) return href;
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return undefined;
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/.exec(href) ?? [];
    if (path === '') return document.url + rest;
    const target = posix.normalize(posix.join(posix.dirname(document.path), decode(path))).replace(/\/$/, '');
    const url = urls.get(target);
    if (url !== undefined) return url + rest;
    // A file of the repository beside the pages, say a licence, is not on the site.
    return posix.extname(target) === '' || target.endsWith('.html') ? resolveOnSite(document.url, href) : undefined;
  };
}

function resolveOnSite(pageUrl: string, href: string): string | undefined {
  const local = 'http://site.invalid';
  const url = URL.parse(href, new URL(pageUrl, local).href);
  return url?.href.replace(local, '');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: the path is meant as it stands.
    return path;
  }
}
