import { afterEach, expect, it } from 'vitest';
import { whenSeen } from './when-seen.js';

afterEach(() => document.body.replaceChildren());

// That what leaves the page unseen is let go of, test/e2e/mounts.test.ts shows.

/** Puts an element far below what is in view. Gives it, and what has been seen. */
function place(): { element: HTMLElement; seen: string[] } {
  const above = document.createElement('div');
  above.style.height = '9000px';
  const element = document.createElement('div');
  element.textContent = 'below';
  document.body.append(above, element);
  const seen: string[] = [];
  void whenSeen(element).then(() => seen.push('below'));
  return { element, seen };
}

it('waits until an element comes into view', async () => {
  const { element, seen } = place();
  const near = document.createElement('div');
  document.body.prepend(near);
  await whenSeen(near);
  expect(seen).toEqual([]);
  element.scrollIntoView();
  await expect.poll(() => seen).toEqual(['below']);
});
