import { html, raw } from 'hono/html';

/** Text that is HTML already. */
export type Markup = ReturnType<typeof html>;

export interface PageLayout {
  title: string;
  siteName: string;
  /**
   * The way from the page to `/`, such as `../`. A proxy may have put the server below a path that it does not know, so
   * that no address of its own begins with a slash. Default: `/`.
   */
  root?: string | undefined;
  /** BCP 47. Default `en`. */
  language?: string | undefined;
  /** Name of a style sheet under `/demo/`, beside the one that all pages share. */
  sheet: 'docs' | 'home';
  /** Attributes of the widget's script tag, without `data-nova-`. */
  widget?: Readonly<Record<string, string>>;
  body: Markup;
}

/** Puts a page together: head, skip link, bar with the site's name, the widget, and what is its own. */
export function layOutPage(page: PageLayout): string {
  const { title, siteName, root = '/', language = 'en', sheet, widget = {}, body } = page;
  const attributes = Object.entries({ endpoint: root, accent: '#a83c0b', ...widget }).map(
    ([name, value]) => html` data-nova-${raw(name)}="${value}"`,
  );
  return String(html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title === siteName ? title : `${title} · ${siteName}`}</title>
    <link rel="icon" type="image/svg+xml" href="${root}demo/icon.svg" />
    <link rel="stylesheet" href="${root}demo/base.css" />
    <link rel="stylesheet" href="${root}demo/${raw(sheet)}.css" />
    <script async src="${root}widget/embed.js"${attributes}></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    <header class="bar">
      <a class="brand" href="${root}"><img src="${root}demo/icon.svg" alt="" width="28" height="28" />${siteName}</a>
    </header>
    ${body}
  </body>
</html>
`);
}
