import type { ChatEmbed } from './create-chat-embed.js';

type Command = (embed: ChatEmbed, ...parameters: unknown[]) => unknown;

const commands = new Map<unknown, Command>([
  // `ready` waits and does not load: a page may want to know without paying for it.
  ['ready', ({ ready }, onReady) => ready.then((chat) => (typeof onReady === 'function' ? onReady(chat) : chat))],
  ['show', ({ open }) => open()],
  ['hide', ({ close }) => close()],
  // Methods of `<nova-chat>` that a page may call by name.
  ...['toggle', 'send', 'stop', 'clear'].map((name): [string, Command] => [
    name,
    async ({ mount }, ...parameters) => {
      const chat = await mount();
      return (Reflect.get(chat, name) as (...parameters: unknown[]) => unknown).apply(chat, parameters);
    },
  ]),
]);

/**
 * Answers `nova('show')` and the like, those first that were called before this script was there and that a stub has
 * kept: `function nova() { (nova.q = nova.q || []).push(arguments) }`. Each call returns a promise. A global of that
 * name that is not the stub belongs to the page and stays.
 */
export function installNovaCommands(embed: ChatEmbed, page: { nova?: unknown } = window as { nova?: unknown }): void {
  const queued = typeof page.nova === 'function' ? (page.nova as { q?: Iterable<unknown>[] }).q : [];
  if (!queued) return;
  const nova = async (name: unknown, ...parameters: unknown[]): Promise<unknown> => {
    const command = commands.get(name);
    if (!command) throw new TypeError(`nova('${String(name)}') is unknown`);
    return command(embed, ...parameters);
  };
  page.nova = nova;
  // Nobody waits for a call that was queued: its failure is an unhandled rejection, which the console shows.
  for (const parameters of queued) void nova(...(parameters as [unknown]));
}
