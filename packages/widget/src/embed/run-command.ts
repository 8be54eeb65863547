import { defaultConverter } from 'lit';
import type { NovaChat } from '../nova-chat/nova-chat.js';
import { NovaChatProperties, type NovaUser } from '../nova-chat/nova-chat-properties.js';

type Command = (chat: NovaChat, ...parameters: never[]) => unknown;

const commands = new Map<string, Command>([
  ['toggle', (chat) => chat.toggle()],
  ['send', (chat, text: string) => chat.send(String(text ?? ''))],
  ['prefill', prefill],
  ['stop', (chat) => chat.stop()],
  ['clear', (chat) => chat.clear()],
  ['identify', (chat, user: NovaUser) => assign(chat, { user })],
  ['context', (chat, context: Record<string, unknown>) => assign(chat, { context })],
  ['update', assign],
  ['new', async (chat) => (await history()).newConversation(chat)],
  ['delete', async (chat) => (await history()).deleteConversations(chat)],
  ['export', async (chat, format: 'md' | 'json' | undefined) => (await history()).exportConversations(chat, format)],
  ['shutdown', shutdown],
  ['check', async (chat) => (await import('./check-options.js')).checkOptions(chat)],
]);

const history = () => import('../features/history/history-commands.js');

/** Runs `nova(name, …parameters)`. Throws a `TypeError` that says what there is at a name or an option it does not know. */
export function runCommand(chat: HTMLElement, name: string, parameters: readonly unknown[]): unknown {
  const command = commands.get(name);
  if (!command) {
    const names = ['ready', 'on', 'show', 'hide', ...commands.keys()].join(', ');
    throw new TypeError(`nova('${name}') is unknown; there are ${names}`);
  }
  return command(chat as NovaChat, ...(parameters as never[]));
}

function prefill(chat: NovaChat, text: string): void {
  chat.draft = String(text ?? '');
}

/** Sets properties, and the accent colour. One that is not there or cannot be read is refused, and then none is set. */
function assign(chat: NovaChat, options: Record<string, unknown>): void {
  const { accent, ...properties } = options ?? {};
  const known = [...NovaChatProperties.elementProperties];
  const wanted = Object.entries(properties).map(([given, value]) => {
    const [name, { type } = {}] =
      known.find(([property, { attribute }]) => given === property || given === attribute) ?? [];
    if (name) return [name, toValue(given, value, type)];
    throw new TypeError(
      `nova('update') has no option ${given}; there are accent, ${known.map(([one]) => one).join(', ')}`,
    );
  });
  Object.assign(chat, Object.fromEntries(wanted));
  if (accent !== undefined) chat.style.setProperty('--nova-accent', String(accent));
}

/** Reads a text as the attribute of that option would be read. Throws a `TypeError` when it cannot be. */
function toValue(option: string, value: unknown, type: unknown): unknown {
  if (typeof value !== 'string') return value;
  const read: unknown = defaultConverter.fromAttribute?.(value, type);
  if (read !== null && !Number.isNaN(read)) return read;
  const must = type === Number ? 'a number' : 'JSON';
  throw new TypeError(`nova('update') cannot read ${option}="${value}": it must be ${must}`);
}

/** Forgets the visitor and what was said, and takes the chat out of the page until it is shown again. */
async function shutdown(chat: NovaChat): Promise<void> {
  chat.hide();
  (await history()).forgetVisitor(chat);
  chat.remove();
}
