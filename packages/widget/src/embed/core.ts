import '../define.js';
import type { ChatElement } from './create-chat-embed.js';

/** Answers `nova(name, …parameters)`; what that can be is loaded when a page says something. */
export async function call(chat: ChatElement, name: string, parameters: readonly unknown[]): Promise<unknown> {
  const { runCommand } = await import('./run-command.js');
  return runCommand(chat, name, parameters);
}
