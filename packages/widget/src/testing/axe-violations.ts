// biome-ignore lint/correctness/noUndeclaredDependencies: only tests of this repository import it, and its root has axe
import axe from 'axe-core';

/** Gives what axe finds in an element that is a part of a page, and not a page. */
export async function axeViolations(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
