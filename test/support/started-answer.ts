import { expect } from 'vitest';
import type { HostPage } from './host-page.js';

/** Every word is another one, so that a lost or a doubled one shows. */
export const answerWords: string[] = Array.from(
  { length: 60 },
  (_, index) => `w${index + 1}${index % 10 === 9 ? '.\n\n' : ' '}`,
);
export const wholeAnswer: string = answerWords.join('');

/** Opens the chat, if it is closed, asks, marks the element, and writes a draft while the answer streams. */
export async function beginAnswer(host: HostPage): Promise<void> {
  const { page } = host;
  const input = page.getByRole('textbox', { name: 'Ask a question' });
  const bubble = page.getByRole('button', { name: /chat/i });
  await input.or(bubble).first().waitFor();
  if (!(await input.isVisible())) await bubble.click();
  await host.ask('Go on?');
  await expect.poll(() => host.answer(), { timeout: 15_000, interval: 20 }).toContain('w11 ');
  await input.fill('And then?');
  await page.evaluate(() => Object.assign(document.querySelector('nova-chat') as Element, { mark: 'first' }));
}

/** The chat is there, once, open, with its draft, and its answer comes to its whole end. */
export async function expectWholeAnswer(host: HostPage, goOn: () => void): Promise<void> {
  const { page } = host;
  expect((await host.messages()).at(-1)?.status).toBe('streaming');
  goOn();
  await expect.poll(async () => (await host.messages()).at(-1)?.status, { timeout: 20_000 }).toBe('complete');
  expect(await host.messages()).toEqual([
    { text: 'Go on?', status: 'complete' },
    { text: wholeAnswer, status: 'complete' },
  ]);
  await expect
    .poll(async () => (await page.locator('nova-chat .markdown').last().innerText()).split(/\s+/).filter(Boolean))
    .toEqual(wholeAnswer.split(/\s+/).filter(Boolean));
  expect(await page.locator('nova-chat').count()).toBe(1);
  await expect.poll(() => page.locator('nova-launcher').count()).toBe(0);
  expect(host.troubles).toEqual({ consoleErrors: [], violations: [] });
}

/** It is the same element, in the same state. */
export async function expectSameChat({ page }: HostPage): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => [...document.querySelectorAll('nova-chat')].map((chat) => (chat as { mark?: string }).mark)),
    )
    .toEqual(['first']);
  await page.getByRole('dialog', { name: 'Chat' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Ask a question' }).inputValue()).toBe('And then?');
}
