import type { NovaChat } from '../nova-chat/nova-chat.js';
import { type MountedChat, mountChat } from './mount-chat.js';
import { until } from './until.js';

let mounted: MountedChat | undefined;

/** Takes the chat out of the page; what it keeps stays. */
export function leave(): void {
  mounted?.unmount();
}

/** Takes the chat out of the page, and all that the browser keeps. */
export function beginAfresh(): void {
  leave();
  localStorage.clear();
  sessionStorage.clear();
}

/** Puts an open chat into the page that keeps its conversations. */
export async function mount(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  mounted = await mountChat({ open: true, persist: 'session', ...properties });
  return mounted;
}

/** Asks, and answers at once. */
export async function exchange(chat: MountedChat, question: string, answer: string): Promise<void> {
  chat.chat.send(question);
  await until(() => chat.transport.inputs.at(-1)?.messages.at(-1)?.content === question);
  chat.transport.say(answer);
  chat.transport.complete();
  await until(() => !chat.chat.conversation.getState().live);
  await until(() => chat.findAll('.history-button').length > 0);
  await chat.settle();
}

/** Loads the page again, as far as the chat can tell. */
export async function reload(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  leave();
  const chat = await mount(properties);
  await chat.settle();
  return chat;
}

/** The page goes away in the middle of an answer, and the chat is there again in the next one. */
export async function leaveAndReturn(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  dispatchEvent(new PageTransitionEvent('pagehide'));
  const { held = [] } = await navigator.locks.query();
  for (const { name = '' } of held) await navigator.locks.request(name, { steal: true }, () => {});
  return reload(properties);
}

/** Reads what each message says. */
export const texts = ({ findAll }: MountedChat): string[] =>
  findAll('nova-message').map((message) => message.querySelector('.bubble')?.textContent?.trim() ?? '');

/** Names what the browser keeps. */
export const storedKeys = (): string[] => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
