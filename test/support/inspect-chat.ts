import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Lets `inspectChat` run in each page that the context opens from now on. */
export const axeSource: string = axe.source;

export interface Inspection {
  /** Default: 24. */
  leastTargetPx?: number;
  /** The rules of axe that are asked. Default: all; none is none. */
  rules?: string[];
}

/** Gives everything that is wrong with what a chat shows at this moment; nothing, when all is well. */
export async function inspectChat(page: Page, { leastTargetPx = 24, rules }: Inspection = {}): Promise<string[]> {
  const found = await page.evaluate(
    async ([least, chosen]) => {
      const chat = document.querySelector('nova-chat');
      const root = chat?.shadowRoot;
      if (!chat || !root) return ['there is no chat'];
      const { axe: runner } = window as unknown as { axe: { run: (...all: unknown[]) => Promise<axe.AxeResults> } };
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      // The chat is no page: its landmarks and headings belong to the page around it.
      const all = { runOnly: tags, rules: { region: { enabled: false } } };
      const some = { runOnly: { type: 'rule', values: chosen } };
      const { violations } = chosen?.length === 0 ? { violations: [] } : await runner.run(chat, chosen ? some : all);
      const problems = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      const isSeen = (element: Element): boolean =>
        element.checkVisibility({ visibilityProperty: true }) && !element.closest('.vh');
      for (const control of root.querySelectorAll('button, select, summary, input, textarea, label.round')) {
        if (!isSeen(control) || control.matches('input[type=checkbox]')) continue;
        const { width, height } = control.getBoundingClientRect();
        if (Math.min(width, height) < least - 0.5) problems.push(`small: ${width} × ${height} ${control.outerHTML}`);
      }
      // Whoever builds the page can hide or restyle each control.
      for (const control of root.querySelectorAll('button, select, textarea, input:not(.vh, [type=checkbox])')) {
        if (!control.hasAttribute('part')) problems.push(`no part: ${control.outerHTML}`);
      }
      for (const element of root.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], [for]')) {
        for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
          const ids = element.getAttribute(name)?.split(' ') ?? [];
          for (const id of ids) if (!root.getElementById(id)) problems.push(`no ${name} ${id}: ${element.outerHTML}`);
        }
      }
      // Nothing is scrolled sideways but code and tables, which the keyboard can scroll and which have names.
      for (const element of root.querySelectorAll('*')) {
        const { overflowX } = getComputedStyle(element);
        if (element.scrollWidth <= element.clientWidth + 1 || !isSeen(element) || element.clientWidth === 0) continue;
        if (overflowX === 'visible' || overflowX === 'clip') continue;
        const isNamed = element.matches('pre[tabindex="0"][aria-label], .table[tabindex="0"][aria-label]');
        const isShortened = getComputedStyle(element).textOverflow === 'ellipsis';
        if (!isNamed && !isShortened && !element.matches('textarea')) problems.push(`sideways: ${element.outerHTML}`);
      }
      return problems;
    },
    [leastTargetPx, rules] as const,
  );
  return found.map((problem) => problem.slice(0, 300));
}
