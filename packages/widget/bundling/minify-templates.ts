import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from '../../../scripts/bundling/replace-ranges.js';
import { type AstNode, isNode, visitAst } from '../../../scripts/bundling/visit-ast.js';

type Minify = (source: string) => string;

/**
 * Takes the white space out of Lit's `html` and `css` templates, and of style sheets in a template whose variable ends
 * in `Css`; no minifier of JavaScript looks into them.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'nova-minify-templates',
    enforce: 'post',
    transform: {
      filter: { id: /\/widget\/src\/.*\.ts$/ },
      handler(code, id) {
        const replacements: Replacement[] = [];
        visitAst(parseAst(code), (node) => {
          const { quasi, minify } = findTemplate(node) ?? {};
          const quasis = (quasi?.['quasis'] ?? []) as AstNode[];
          if (minify === minifyCss && node['tag'] && quasis.length > 1) {
            this.error(
              `${id}: css takes no values here; join style sheets with unsafeCSS(one.cssText + css\`…\`.cssText)`,
            );
          }
          for (const { start, end } of quasis) {
            if (minify) replacements.push({ start, end, text: minify(code.slice(start, end)) });
          }
        });
        return replacements.length === 0 ? null : { code: replaceRanges(code, replacements), map: null };
      },
    },
  };
}

function findTemplate({ type, tag, quasi, id, init }: AstNode): { quasi: AstNode; minify: Minify } | undefined {
  if (type === 'TaggedTemplateExpression' && isNode(tag) && isNode(quasi)) {
    const minify = { css: minifyCss, html: minifyHtml }[String(tag['name'])];
    return minify && { quasi, minify };
  }
  const isStyleSheet = isNode(id) && isNode(init) && init.type === 'TemplateLiteral' && /Css$/.test(String(id['name']));
  return isStyleSheet ? { quasi: init, minify: minifyCss } : undefined;
}

/** Takes comments out; keeps the space of descendant selectors and of `calc`. */
function minifyCss(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/([:(]) | (?=[)!])/g, '$1')
    .replace(/(?<![\d.])0(?=\.\d)/g, '')
    .replace(/(?<=\[[\w-]+[$^]?=)'([a-z][\w-]*)'(?=])/g, '$1')
    .replace(/;}/g, '}')
    .trim();
}

/** A line break between tags is a space; inside of them one space is enough, and a word needs no quotes. */
function minifyHtml(html: string): string {
  return html
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ \/?>/g, (end) => end.trim())
    .replace(/(?<= [a-z-]+=)"([\w-]+)"(?=[ >])/g, '$1');
}
