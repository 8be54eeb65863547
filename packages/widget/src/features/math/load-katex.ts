import type { MathTreeNode } from './to-math-nodes.js';

/** Turns TeX into a tree of MathML; throws what is no TeX. */
export type ToMathTree = (tex: string, isDisplay: boolean) => MathTreeNode;

let loading: Promise<ToMathTree> | undefined;

/** Loads KaTeX, once, when there is a first formula; what could not be loaded is asked for again. */
export function loadKatex(): Promise<ToMathTree> {
  loading ??= import('katex').then(toTree).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function toTree(module: object): ToMathTree {
  // What it makes of its tree by itself has style attributes here and there.
  const { __renderToDomTree: render } = module as {
    __renderToDomTree(tex: string, options: object): MathTreeNode;
  };
  return (tex, displayMode) =>
    render(tex, { displayMode, output: 'mathml', throwOnError: true, strict: 'ignore', maxSize: 20, maxExpand: 500 });
}
