import { type Plugin, parseAst } from 'vite';
import { type Replacement, replaceRanges } from './replace-ranges.js';
import { type AstNode, isNode, visitAst } from './visit-ast.js';

/** Takes the white space out of Lit's `html` and `css` templates; no minifier of JavaScript looks into them. */
export function minifyTemplates(): Plugin {
  return {
    name: 'nova-minify-templates',
    enforce: 'post',
    transform: {
      filter: { id: /\/widget\/src\/.*\.ts$/ },
      handler(code) {
        const replacements: Replacement[] = [];
        visitAst(parseAst(code), (node) => {
          if (node.type !== 'TaggedTemplateExpression' || !isNode(node['tag']) || !isNode(node['quasi'])) return;
          const minify = { css: minifyCss, html: minifyHtml }[String(node['tag']['name'])];
          if (!minify) return;
          for (const { start, end } of node['quasi']['quasis'] as AstNode[]) {
            replacements.push({ start, end, text: minify(code.slice(start, end)) });
          }
        });
        return replacements.length === 0 ? null : { code: replaceRanges(code, replacements), map: null };
      },
    },
  };
}

/** Keeps the space of descendant selectors and of `calc`. */
function minifyCss(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/([:(]) | (?=[)!])/g, '$1')
    .replace(/(?<![\d.])0(?=\.\d)/g, '')
    .replace(/;}/g, '}');
}

/** A line break between tags is a space; inside of them one space is enough, and a word needs no quotes. */
function minifyHtml(html: string): string {
  return html
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ \/?>/g, (end) => end.trim())
    .replace(/(?<= [a-z-]+=)"([\w-]+)"(?=[ >])/g, '$1');
}
