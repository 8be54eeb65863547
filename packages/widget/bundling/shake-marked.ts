import type { Plugin } from 'vite';
import { type Replacement, replaceRanges } from './replace-ranges.js';

const kept = new Set(['Lexer', 'Tokenizer']);

/**
 * Leaves only the lexer of marked. Its build ends in an instance and in assignments that no bundler may drop, and they
 * hold on to the parser and the renderers, a fifth of it, which would make HTML strings that we never want.
 */
export function shakeMarked(): Plugin {
  return {
    name: 'nova-shake-marked',
    enforce: 'pre',
    transform: {
      filter: { id: /\/marked\/lib\/marked\.esm\.js$/ },
      handler(code) {
        const replacements = this.parse(code).body.flatMap((node): Replacement[] => {
          if (node.type === 'ExpressionStatement') return [{ start: node.start, end: node.end, text: '' }];
          if (node.type === 'VariableDeclaration') {
            return node.declarations.flatMap(({ init }): Replacement[] => {
              if (init?.type === 'NewExpression') {
                return [{ start: init.start, end: init.start, text: '/*#__PURE__*/' }];
              }
              // `var options = marked.options`: aliases for exports that nobody imports here.
              return init?.type === 'MemberExpression' ? [{ start: init.start, end: init.end, text: '0' }] : [];
            });
          }
          if (node.type !== 'ExportNamedDeclaration') return [];
          const specifiers = node.specifiers
            .map(({ start, end }) => code.slice(start, end))
            .filter((text) => kept.has(text.split(' as ').at(-1) ?? ''));
          if (specifiers.length !== kept.size) this.error('marked no longer exports its lexer the way it did');
          return [{ start: node.start, end: node.end, text: `export{${specifiers.join()}};` }];
        });
        return { code: replaceRanges(code, replacements), map: null };
      },
    },
    generateBundle(_options, bundle) {
      const isWhole = Object.values(bundle).some(
        (file) => file.type === 'chunk' && file.code.includes('markedjs/marked'),
      );
      if (isWhole) this.error('the parser of marked is back in the bundle');
    },
  };
}
