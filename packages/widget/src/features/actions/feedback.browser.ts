import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { NovaFeedbackEvent } from '../../events/feedback-events.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;

beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted.unmount());

function feedbackOf(chat: EventTarget): string[] {
  const heard: string[] = [];
  chat.addEventListener('nova-feedback', (event) => {
    const { value, reason } = event as NovaFeedbackEvent;
    heard.push(`${value} ${reason}`.trim());
  });
  return heard;
}

describe('the thumbs', () => {
  it('tell the page at once, and can be taken back', async () => {
    mounted = await mountAnsweredChat();
    const heard = feedbackOf(document);
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    for (const name of ['Good answer', 'Bad answer', 'Bad answer']) {
      mounted.button(name).click();
      await mounted.settle();
    }
    expect(heard).toEqual(['up', 'down', 'none']);
    expect(mounted.findAll('[aria-pressed=true], .feedback')).toHaveLength(0);
  });

  it('name the message that they mean', async () => {
    mounted = await mountAnsweredChat();
    const ids: string[] = [];
    mounted.chat.addEventListener('nova-feedback', ({ messageId }) => ids.push(messageId));
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    mounted.button('Good answer').click();
    expect(ids).toEqual([mounted.chat.conversation.getState().messages[1]?.id]);
  });

  it('take a reason', async () => {
    mounted = await mountAnsweredChat();
    const heard = feedbackOf(mounted.chat);
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    mounted.button('Bad answer').click();
    await mounted.settle();
    await userEvent.fill(page.getByRole('textbox', { name: 'What was wrong? (optional)' }), ' No link. ');
    await userEvent.keyboard('{Enter}');
    await mounted.settle();
    expect(heard).toEqual(['down', 'down No link.']);
    expect(mounted.find('.thanks').textContent).toBe('Thank you!');
    expect(mounted.focused()?.getAttribute('aria-label')).toBe('Bad answer');
    expect(mounted.focused()?.getAttribute('aria-pressed')).toBe('true');
  });

  it('close their form with Escape, and leave the panel open', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    for (const place of ['.feedback input', '[aria-pressed=true]']) {
      mounted.button('Good answer').click();
      await mounted.settle();
      mounted.find(place).focus();
      await userEvent.keyboard('{Escape}');
      await mounted.settle();
      expect(mounted.findAll('.feedback')).toHaveLength(0);
      expect(mounted.chat.open).toBe(true);
      expect(mounted.focused()?.getAttribute('aria-label')).toBe('Good answer');
      mounted.button('Good answer').click();
      await mounted.settle();
    }
    mounted.button('Good answer').focus();
    await userEvent.keyboard('{Escape}');
    expect(mounted.chat.open).toBe(false);
  });

  it('keep what was said while the conversation goes on', async () => {
    mounted = await mountAnsweredChat();
    await mounted.exchange('Why?', 'So.');
    await mounted.when('.tools .copy');
    mounted.button('Good answer').click();
    await mounted.exchange('And?', 'Well.');
    const pressed = mounted
      .findAll('nova-message')
      .map((message) => message.querySelectorAll('[aria-pressed=true]').length);
    expect(pressed).toEqual([0, 1, 0, 0]);
  });
});

it('is given by keyboard alone, behind the other actions', async () => {
  mounted = await mountAnsweredChat();
  const heard = feedbackOf(mounted.chat);
  await mounted.exchange('Why?', 'So.');
  await mounted.when('.pencil');
  await mounted.when('.tools .copy');
  mounted.find('.log').focus();
  const walked: (string | null)[] = [];
  for (let step = 0; step < 6; step += 1) {
    await userEvent.keyboard('{Tab}');
    walked.push(mounted.focused()?.getAttribute('aria-label') ?? null);
  }
  expect(walked).toEqual([
    'Edit question',
    'Copy answer',
    'Answer again',
    'Good answer',
    'Bad answer',
    'Ask a question',
  ]);
  mounted.button('Bad answer').focus();
  await userEvent.keyboard(' ');
  await mounted.settle();
  await userEvent.keyboard('{Tab}No link{Tab}{Tab}');
  expect(mounted.focused()?.textContent).toBe('Send feedback');
  await userEvent.keyboard('{Enter}');
  await mounted.settle();
  expect(heard).toEqual(['down', 'down No link']);
});
