import type { NovaChat } from '../nova-chat/nova-chat.js';
import { type AnsweredChat, mountAnsweredChat } from './mount-answered-chat.js';

/** The chat of the test that runs. */
export let mounted: AnsweredChat;

export async function mount(properties: Partial<NovaChat> = {}): Promise<void> {
  mounted = await mountAnsweredChat(properties);
}

/** Mounts a chat with one exchange for each question, whose answers are its upper case. */
export async function mountWith(...questions: string[]): Promise<void> {
  await mount();
  for (const question of questions) await mounted.exchange(question, question.toUpperCase());
  await mounted.when('.pencil');
}

/** Opens the editor of a question, and writes into it. */
export async function write(index: number, text: string): Promise<void> {
  mounted.findAll('.pencil')[index]?.click();
  await mounted.settle();
  const input = mounted.find<HTMLTextAreaElement>('.editor textarea');
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await mounted.settle();
}

export async function ask(answer?: string): Promise<void> {
  mounted.button('Ask again').click();
  await mounted.settle();
  if (answer) await mounted.answer(answer);
}

export const counts = (): string[] => mounted.findAll('.count').map(({ innerText }) => innerText);

export async function step(name: 'Previous version' | 'Next version', index: number): Promise<void> {
  const arrows = mounted.findAll('.arrow').filter((arrow) => arrow.getAttribute('aria-label') === name);
  arrows[index]?.click();
  await mounted.settle();
}
