import { branchesOf } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { ask, counts, mounted, mountWith, step, write } from '../../testing/mount-edited-chat.js';

beforeEach(() => page.viewport(800, 700));
afterEach(() => {
  mounted.unmount();
  document.documentElement.removeAttribute('dir');
});

describe('the versions', () => {
  it('are counted at answers too', async () => {
    await mountWith('one');
    await mounted.when('.tools .copy');
    for (const answer of ['EINS', 'UN']) {
      mounted.button('Answer again').click();
      await mounted.settle();
      await mounted.answer(answer);
    }
    expect(counts()).toEqual(['3 / 3']);
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['one', 'EINS']);
    await mounted.exchange('two', 'TWO');
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['one', 'ONE']);
    await step('Next version', 0);
    expect(mounted.texts()).toEqual(['one', 'EINS', 'two', 'TWO']);
  });

  it('say which one is shown, and rest at the first and the last', async () => {
    await mountWith('one');
    await write(0, 'uno');
    await ask('UNO');
    const next = mounted.button('Next version');
    expect(next.getAttribute('aria-disabled')).toBe('true');
    next.click();
    await mounted.settle();
    expect(mounted.texts()).toEqual(['uno', 'UNO']);
    const previous = mounted.button('Previous version');
    previous.focus();
    await userEvent.keyboard('{Enter}');
    await mounted.settle();
    await vi.waitFor(() => expect(mounted.find('[aria-live=polite]').textContent).toContain('Version 1 of 2'));
    expect(mounted.focused()).toBe(mounted.button('Previous version'));
    expect(mounted.find('[role=group][aria-label=Versions] > .vh').textContent).toBe('Version 1 of 2');
  });

  it('rest while an answer is under way, and rise again after it', async () => {
    await mountWith('one');
    await write(0, 'uno');
    await ask();
    await mounted.settle();
    expect(mounted.button('Previous version').getAttribute('aria-disabled')).toBe('true');
    await step('Previous version', 0);
    expect(mounted.texts()).toEqual(['uno']);
    await mounted.answer('UNO');
    expect(mounted.button('Previous version').getAttribute('aria-disabled')).toBe('false');
  });

  it('stay under the pointer, however long what follows them is', async () => {
    await mountWith('zero', 'one');
    await write(1, 'uno');
    await ask('A line.\n\n'.repeat(60));
    const log = mounted.find('.log');
    log.dispatchEvent(new WheelEvent('wheel', { deltaY: -50 }));
    mounted.find('.arrow').scrollIntoView({ block: 'center' });
    await mounted.settle();
    const arrow = mounted.button('Previous version');
    const { top } = arrow.getBoundingClientRect();
    arrow.click();
    await mounted.settle();
    await mounted.settle();
    expect(mounted.texts().at(-1)).toBe('ONE');
    mounted.button('Next version').click();
    await mounted.settle();
    await mounted.settle();
    const back = mounted.button('Next version').getBoundingClientRect().top;
    expect(log.scrollHeight).toBeGreaterThan(1000);
    expect(back).toBeGreaterThan(log.getBoundingClientRect().top);
    expect(back).toBeLessThan(log.getBoundingClientRect().bottom);
    mounted.button('Previous version').click();
    await mounted.settle();
    mounted.button('Next version').click();
    const middle = mounted.button('Next version').getBoundingClientRect().top;
    await mounted.settle();
    await mounted.settle();
    expect(Math.abs(mounted.button('Next version').getBoundingClientRect().top - middle)).toBeLessThanOrEqual(1);
    expect(top).toBeGreaterThan(0);
  });

  it('are those of the conversation that is shown', async () => {
    await mountWith('one');
    const { conversation } = mounted.chat;
    await write(0, 'uno');
    await ask('UNO');
    const tree = branchesOf(conversation).getTree();
    mounted.chat.clear();
    await mounted.settle();
    expect(mounted.findAll('.count')).toHaveLength(0);
    branchesOf(conversation).restore(tree);
    await mounted.settle();
    expect(mounted.texts()).toEqual(['uno', 'UNO']);
    expect(counts()).toEqual(['2 / 2']);
  });

  it('point the way of reading', async () => {
    document.documentElement.dir = 'rtl';
    await mountWith('one');
    await write(0, 'uno');
    await ask('UNO');
    const [previous, next] = mounted.findAll('.arrow').map((arrow) => arrow.getBoundingClientRect().left);
    expect(previous).toBeGreaterThan(next ?? 0);
    expect(getComputedStyle(mounted.find('.arrow .icon')).scale).toBe('-1 1');
    expect(await axeViolations(mounted.chat)).toEqual([]);
  });
});
